"""Conflicts that `xchange upstream pull` leaves, and `resolve` settles; and `detach`."""

import json
import os
import sys

import pytest

from conftest import start_process
from forks import publish, registry
from repositories import alone, commit
from strict_schemas import faults
from upstream import BASE, BOLT, ORDERS, ORIGIN, PARENT, change, in_git, new_version, text_of, told

HELLO = "{type: value, value: Hello}"
TWO_FLOWS = PARENT + PARENT[PARENT.index("  - name: Receive") :].replace("Receive", "Send")


@pytest.fixture
def fork(project, xchange):
    """Give a project in which `bolt` is a fork of orders@1."""
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    publish(folder, "orders")
    assert xchange("fork", "orders@1", "bolt", cwd=folder).code == 0
    return folder


@pytest.fixture
def conflicts(fork, xchange):
    """Give the project after a pull that has left four conflicts."""
    pairs = [("value: Hello", "value: {}"), ("defaultValue: '10'", "defaultValue: '{}'")]
    pairs += [("tagline: All of them", "tagline: {}"), ("isSynchronous: true", "isSynchronous: {}")]
    mine, theirs = ("Hi", "7", "Mine", '"{{x}}"'), ("Good morning", "9", "Theirs", "false")
    change(fork, BOLT, *((old, new.format(word)) for (old, new), word in zip(pairs, mine, strict=True)))
    new_version(fork, *((old, new.format(word)) for (old, new), word in zip(pairs, theirs, strict=True)))
    assert xchange("upstream", "pull", cwd=fork).code == 6
    return fork


def both_change_the_message(fork):
    change(fork, BOLT, (HELLO, "{type: value, value: Hi}  # short"))
    new_version(fork, (HELLO, "{type: value, value: Good morning}"))


def test_both_versions_are_written_between_marks_and_the_base_moves_at_once(fork, xchange):
    both_change_the_message(fork)
    before = text_of(fork, BOLT)
    ran = xchange("upstream", "pull", cwd=fork)
    line = "          message: {type: value, value: %s}  # short\n"
    assert (ran.code, ran.err) == (6, "")
    assert text_of(fork, BOLT) == before.replace(
        line % "Hi",
        f"<<<<<<< bolt\n{line % 'Hi'}||||||| base of the fork: orders@1\n{line % 'Hello'}=======\n"
        f"{line % 'Good morning'}>>>>>>> upstream orders@2\n",
    )
    assert text_of(fork, BASE) == text_of(fork, ORDERS)
    assert json.loads(text_of(fork, ORIGIN))["version"] == 2


@pytest.mark.parametrize("is_committed", [True, False])
def test_the_marks_of_a_pull_from_a_working_copy_tell_the_base_from_what_is_there_now(
    is_committed, project, xchange, monkeypatch
):
    alone(monkeypatch)
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    commits = [in_git(folder)[:7]] if is_committed else []
    assert xchange("fork", "orders", "bolt", cwd=folder).code == 0
    change(folder, BOLT, (HELLO, "{type: value, value: Hi}"))
    change(folder, ORDERS, (HELLO, "{type: value, value: Good morning}"))
    commits += [commit(folder)[:7]] if is_committed else []
    assert xchange("upstream", "pull", cwd=folder).code == 6
    then, now = (f"at {one}" for one in commits) if is_committed else ("as it was", "as it is now")
    assert [line for line in text_of(folder, BOLT).splitlines() if line[:1] in {"<", "|", "=", ">"}] == [
        "<<<<<<< bolt",
        f"||||||| base of the fork: orders {then}",
        "=======",
        f">>>>>>> upstream orders {now}",
    ]


def test_a_pull_tells_its_conflicts_and_how_to_settle_them(fork, xchange):
    both_change_the_message(fork)
    out = xchange("upstream", "pull", cwd=fork).out
    number = text_of(fork, BOLT).split("\n").index("<<<<<<< bolt") + 1
    assert out.startswith(
        "bolt went orders@1 → orders@2: nothing but conflicts\n"
        "1 conflict to settle\n"
        f"  {BOLT}:{number}: flow `Receive`, step `Greet`\n"
        "    `inputs.message.value`: changed on both sides\n"
        "    ours `Hi`, theirs `Good morning`, before that `Hello`\n"
    )
    assert out.endswith(
        "next: xchange upstream resolve Greet ours bolt    (or theirs)\n"
        "      xchange upstream resolve --all theirs bolt\n"
    )


def test_a_value_that_is_no_character_long_is_told_by_a_word(fork, xchange):
    change(fork, BOLT, ("value: Hello", "value: ''"))
    new_version(fork, ("value: Hello", "value: Good morning"))
    ran = xchange("upstream", "pull", cwd=fork)
    assert "    ours empty, theirs `Good morning`, before that `Hello`\n" in ran.out


def test_a_preview_tells_the_conflicts_that_would_be(fork, xchange):
    both_change_the_message(fork)
    before = text_of(fork, BOLT)
    ran = xchange("upstream", "pull", "--preview", cwd=fork)
    assert (ran.code, text_of(fork, BOLT) == before) == (6, True)
    assert ran.out.splitlines()[:2] == [
        "bolt would go orders@1 → orders@2: nothing but conflicts",
        "1 conflict would have to be settled",
    ]
    assert "    ours `Hi`, theirs `Good morning`, before that `Hello`\n" in ran.out


@pytest.mark.parametrize(
    ("more", "went", "to_do"),
    [((), "went", "to settle"), (("--preview",), "would go", "would have to be settled")],
)
def test_what_must_be_decided_comes_before_what_the_other_changes_mean(fork, xchange, more, went, to_do):
    change(fork, BOLT, (HELLO, "{type: value, value: Hi}"))
    new_version(
        fork, (HELLO, "{type: value, value: Good morning}"), ("defaultValue: '10'", "defaultValue: '9'")
    )
    lines = xchange("upstream", "pull", *more, cwd=fork).out.splitlines()
    assert lines[:2] == [
        f"bolt {went} orders@1 → orders@2: 1 change: 1 risky; and 1 conflict",
        f"1 conflict {to_do}",
    ]
    assert lines[4:9] == [
        "    ours `Hi`, theirs `Good morning`, before that `Hello`",
        "",
        "All else, with our sides of the conflicts:",
        "Whoever has it deployed need not act; 1 change deserves a look.",
        "",
    ]


def test_a_conflict_about_more_than_one_short_value_is_told_by_its_lines_alone(fork, xchange):
    wait = PARENT[PARENT.index("      - name: Wait") :]
    change(fork, BOLT, (HELLO, f"{{type: value, value: {'Hi ' * 30}}}"), (wait, wait.replace("'10'", "'20'")))
    new_version(fork, (HELLO, "{type: value, value: Good morning}"), (wait, ""))
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    assert [(one["name"], one["values"]) for one in told(ran)["conflicts"]] == [
        ("Greet", None),
        ("Wait", None),
    ]


def test_no_secret_is_among_the_values_of_a_conflict(fork, xchange):
    token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789AB"
    change(fork, BOLT, (HELLO, f"{{type: value, value: {token}}}"))
    new_version(fork, (HELLO, "{type: value, value: Good morning}"))
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    assert told(ran)["conflicts"][0]["values"] == {
        "ours": "«secret»",
        "theirs": "Good morning",
        "base": "Hello",
    }
    assert token not in ran.out


def test_conflicts_are_told_as_the_schema_says(fork, xchange):
    both_change_the_message(fork)
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    [conflict] = told(ran)["conflicts"]
    line = text_of(fork, BOLT).split("\n").index("<<<<<<< bolt") + 1
    assert (ran.code, faults(ran.out, "upstream")) == (6, [])
    assert conflict == {
        "name": "Greet",
        "flow": "Receive",
        "step": "Greet",
        "what": ["`inputs.message.value`: changed on both sides"],
        "values": {"ours": "Hi", "theirs": "Good morning", "base": "Hello"},
        "file": BOLT,
        "start": {"line": line, "column": 1},
        "end": {"line": line + 7, "column": 1},
        "ours": {"start": {"line": line + 1, "column": 1}, "end": {"line": line + 2, "column": 1}},
        "theirs": {"start": {"line": line + 5, "column": 1}, "end": {"line": line + 6, "column": 1}},
    }


def test_until_they_are_settled_nothing_is_pulled_and_status_and_validate_tell_them(conflicts, xchange):
    before = text_of(conflicts, BOLT)
    new_version(conflicts, ("'10'}}", "'11'}}"))
    again = xchange("upstream", "pull", cwd=conflicts)
    assert (again.code, again.out, text_of(conflicts, BOLT) == before) == (6, "", True)
    assert "the file has the marks of a merge that is not finished" in again.err
    status = xchange("upstream", "status", "--output", "json", cwd=conflicts)
    assert (status.code, faults(status.out, "upstream")) == (6, [])
    assert [one["name"] for one in told(status)["conflicts"]] == ["Settings", "Size", "Receive", "Greet"]
    checked = json.loads(xchange("validate", "bolt", "--output", "json", cwd=conflicts).out)["findings"]
    assert [(one["rule"], one["flow"], one["step"]) for one in checked] == [
        ("merge-conflict", "", ""),
        ("merge-conflict", "", ""),
        ("merge-conflict", "Receive", ""),
        ("merge-conflict", "Receive", "Greet"),
    ]
    assert [one["hint"] for one in checked] == [
        f"`xchange upstream resolve {name} ours bolt` takes our side, `theirs` the other one; "
        "or edit the lines and take out the marks."
        for name in ("Settings", "Size", "Receive", "Greet")
    ]


@pytest.mark.parametrize(
    ("name", "kept", "gone"),
    [
        ("Greet", "value: Good morning", "value: Hi"),
        ("greet", "value: Good morning", "value: Hi"),
        ("Size", "defaultValue: '9'", "defaultValue: '7'"),
        ("Settings", "tagline: Theirs", "tagline: Mine"),
    ],
)
def test_what_has_a_name_is_settled_by_it(name, kept, gone, conflicts, xchange):
    ran = xchange("upstream", "resolve", name, "theirs", cwd=conflicts)
    text = text_of(conflicts, BOLT)
    assert (ran.code, kept in text, gone in text, text.count("<<<<<<<")) == (6, True, False, 3)
    assert ran.out.splitlines()[1] == "3 conflicts left"


def test_the_name_of_a_flow_settles_all_in_it(conflicts, xchange):
    ran = xchange("upstream", "resolve", "Receive", "ours", "bolt", "--output", "json", cwd=conflicts)
    assert (ran.code, faults(ran.out, "upstream"), json.loads(ran.out)["did"]) == (6, [], "resolve")
    assert [one["name"] for one in told(ran)["conflicts"]] == ["Settings", "Size"]
    assert told(ran)["parent"] == {"key": "orders", "version": 2, "commit": None}


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_all_of_them_are_settled_at_once_and_the_file_is_checked(side, conflicts, xchange):
    ran = xchange("upstream", "resolve", "--all", side, cwd=conflicts)
    text = text_of(conflicts, BOLT)
    assert (ran.code, "<<<<<<<" in text) == (0, False)
    assert ("value: Hi" in text, "value: Good morning" in text) == (side == "ours", side == "theirs")
    assert ran.out.splitlines()[-2] == "no conflict is left"
    assert ran.out.splitlines()[-1].startswith("checked: ")


def test_after_all_is_settled_the_next_pull_goes_on_from_there(conflicts, xchange):
    assert xchange("upstream", "resolve", "--all", "ours", cwd=conflicts).code == 0
    mine = text_of(conflicts, BOLT)
    assert xchange("upstream", "pull", cwd=conflicts).out == "bolt has all of orders@2; nothing was changed\n"
    new_version(conflicts, ("'10'}}", "'11'}}"))
    assert xchange("upstream", "pull", cwd=conflicts).code == 0
    assert text_of(conflicts, BOLT) == mine.replace("'10'}}", "'11'}}")


def test_a_step_of_that_name_in_two_flows_needs_its_flow(project, xchange):
    folder = project({ORDERS: TWO_FLOWS, "xchange.yaml": "limits: warn\n"})
    publish(folder, "orders")
    assert xchange("fork", "orders@1", "bolt", cwd=folder).code == 0
    for name, word in ((BOLT, "Hi"), (ORDERS, "Good morning")):
        (folder / name).write_text(text_of(folder, name).replace("value: Hello", f"value: {word}"))
    publish(folder, "orders")
    assert xchange("upstream", "pull", cwd=folder).code == 6

    ran = xchange("upstream", "resolve", "Greet", "ours", cwd=folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "error: there are conflicts in steps called Greet in 2 flows: Receive, Send",
    )
    assert xchange("upstream", "resolve", "Greet", "ours", "--flow", "Send", cwd=folder).code == 6
    assert xchange("upstream", "resolve", "Greet", "theirs", cwd=folder).code == 0
    assert [text_of(folder, BOLT).count(word) for word in ("value: Good morning", "value: Hi")] == [1, 1]


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_step_that_both_sides_have_moved_is_settled_at_both_places_by_its_name(side, fork, xchange):
    loop = (
        "      - name: Twice\n"
        "        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}\n"
        "        inputs: {iterationCount: {type: value, value: '2'}}\n"
        "        steps: []\n"
    )
    new_version(fork, ("      - name: Wait\n", f"{loop}      - name: Wait\n"))
    assert xchange("upstream", "pull", cwd=fork).code == 0
    wait = PARENT[PARENT.index("      - name: Wait") :]
    change(fork, BOLT, (wait, ""), (loop, wait + loop))
    within = "".join(f"    {line}\n" for line in wait.splitlines())
    new_version(fork, (wait, ""), ("steps: []\n", f"steps:\n{within}"))
    mine = text_of(fork, BOLT)

    ran = xchange("upstream", "pull", cwd=fork)

    assert (ran.code, ran.out.splitlines()[1]) == (6, "2 conflicts to settle")
    assert ran.out.splitlines()[3] == "    at different places"
    assert ran.out.splitlines()[5] == "    step `Wait`: at different places"
    assert xchange("upstream", "resolve", "Wait", side, cwd=fork).code == 0
    assert text_of(fork, BOLT) == (
        mine if side == "ours" else mine.replace(wait, "").replace("steps: []\n", f"steps:\n{within}")
    )


def test_a_step_that_one_side_removed_and_the_other_changed_is_settled_by_its_name(fork, xchange):
    wait = PARENT[PARENT.index("      - name: Wait") :]
    change(fork, BOLT, (wait, wait.replace("'10'", "'20'")))
    new_version(fork, (wait, ""))
    mine = text_of(fork, BOLT)
    assert xchange("upstream", "pull", cwd=fork).code == 6
    assert xchange("upstream", "resolve", "Wait", "ours", cwd=fork).code == 0
    assert text_of(fork, BOLT) == mine


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["Greet"], 2, "it is not said which side counts"),
        (["Greet", "both"], 2, "`both` is no side"),
        (["Greet", "ours", "bolt", "more"], 2, "there are 1 words too many"),
        (["", "ours"], 2, "the name is empty"),
        (["--all", "Greet", "ours"], 2, "`Greet` is no side"),
        (["Gret", "ours"], 3, "there is no conflict in Gret"),
        (["Greet", "ours", "--flow", "Send"], 3, "no conflict is in a flow called Send"),
        (["Size", "ours", "--flow", "Receive"], 3, "there is no conflict in Size in the flow Receive"),
        (["--all", "ours", "--flow", "Send"], 3, "no conflict is in a flow called Send"),
        (["Greet", "ours", "orders"], 3, f"{ORDERS} has no conflicts"),
    ],
)
def test_words_that_name_no_conflict_change_nothing(words, code, message, conflicts, xchange):
    before = text_of(conflicts, BOLT)
    ran = xchange("upstream", "resolve", *words, cwd=conflicts)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"error: {message}")
    assert text_of(conflicts, BOLT) == before


def of_git(text):
    """Put marks around the message as git does."""
    text = text.replace(
        "          message:", f"<<<<<<< HEAD\n          message: {HELLO}\n=======\n          message:"
    )
    return text.replace("Hello}\n      - name: Wait", "Bye}\n>>>>>>> topic\n      - name: Wait")


@pytest.fixture
def merged(project):
    """Give a project without a fork, in which git has left a conflict in one of two integrations."""
    others = {"integrations/bills/integration.yml": PARENT, "xchange.yaml": "limits: warn\n"}
    return project({ORDERS: of_git(PARENT), **others})


@pytest.mark.parametrize("key", [(), ("orders",), (ORDERS,)])
def test_marks_that_git_has_left_are_settled_in_any_integration_also_without_its_key(merged, xchange, key):
    ran = xchange("upstream", "resolve", "Greet", "ours", *key, cwd=merged)
    assert (ran.code, ran.err, text_of(merged, ORDERS)) == (0, "", PARENT)
    assert ran.out == (
        "settled ours in flow `Receive`, step `Greet`\n"
        "no conflict is left\n"
        "checked: 3 warnings; `xchange validate orders` shows where\n"
        f"next: git add {ORDERS}\n"
    )


@pytest.mark.parametrize(
    ("words", "offered"),
    [((), ["Greet"]), (("Greet",), ["ours", "theirs"]), (("Greet", "ours"), ["orders"])],
)
def test_the_shell_offers_the_names_the_sides_and_the_integrations_with_conflicts(
    merged, xchange, words, offered
):
    line = ("xchange", "upstream", "resolve", *words, "")
    asked = {"_XCHANGE_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(line)}
    ran = xchange(cwd=merged, env={**asked, "COMP_CWORD": str(len(line) - 1)})
    assert (ran.code, [one.split("\t")[0].strip() for one in ran.out.splitlines()]) == (0, offered)


def test_within_its_folder_an_integration_need_not_be_named(merged, xchange):
    ran = xchange("upstream", "resolve", "--all", "theirs", cwd=(merged / ORDERS).parent)
    assert (ran.code, text_of(merged, ORDERS)) == (0, PARENT.replace("Hello", "Bye"))
    ran = xchange("upstream", "resolve", "--all", "theirs", cwd=merged / "integrations/bills")
    assert (ran.code, ran.err) == (3, "error: integration.yml has no conflicts\n")


def test_where_several_have_conflicts_one_has_to_be_named(merged, xchange):
    (merged / "integrations/bills/integration.yml").write_text(of_git(PARENT))
    ran = xchange("upstream", "resolve", "Greet", "ours", cwd=merged)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: conflicts are in several integrations: bills, orders\nhint: Name one.\n"


def test_where_none_has_conflicts_it_is_told(project, xchange):
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    ran = xchange("upstream", "resolve", "Greet", "ours", cwd=folder)
    assert (ran.code, ran.err) == (3, "error: no integration of this project has conflicts\n")


def test_a_mark_that_has_lost_the_others_has_to_be_taken_out_by_hand(project, xchange):
    text = of_git(PARENT).replace("=======\n", "")
    folder = project({ORDERS: text, "xchange.yaml": "limits: warn\n"})
    ran = xchange("upstream", "resolve", "Greet", "ours", cwd=folder)
    line = text.split("\n").index("<<<<<<< HEAD") + 1
    assert (ran.code, ran.out, text_of(folder, ORDERS)) == (3, "", text)
    assert ran.err == (
        f"{ORDERS}:{line}:1: error: this mark has lost the others of its conflict, so nobody can tell the sides\n"
        "hint: Edit the lines, and take out the marks that are left.\n"
    )


@pytest.mark.parametrize(
    "words",
    [("publish", "orders", "--note", "x"), ("diff", "integrations/bills/integration.yml", "orders")],
)
def test_whoever_needs_the_file_says_what_settles_it(merged, xchange, words):
    ran = xchange(*words, cwd=merged)
    assert ran.code == 6
    assert " ".join(ran.err.split()).endswith(
        "hint: `xchange validate orders` shows what is left, `xchange upstream resolve NAME ours|theirs orders` settles it."
    )


def test_a_file_that_is_broken_beside_its_conflicts_is_told_after_the_last_is_settled(conflicts, xchange):
    (conflicts / BOLT).write_text(text_of(conflicts, BOLT) + "x: [\n")
    status = xchange("upstream", "status", cwd=conflicts)
    assert (status.code, "ahead of orders@2: not known until the conflicts are settled\n" in status.out) == (
        6,
        True,
    )
    ran = xchange("upstream", "resolve", "--all", "ours", cwd=conflicts)
    assert (ran.code, ran.out.splitlines()[-1]) == (
        0,
        "checked: 1 error; `xchange validate bolt` shows where",
    )


def test_a_fork_that_is_detached_is_an_integration_like_any_other(fork, xchange):
    before = text_of(fork, BOLT)
    ran = xchange("upstream", "detach", "bolt", "--yes", cwd=fork)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"removed {ORIGIN}\nremoved {BASE}\nbolt is no fork of orders any more\n"
    assert [path.name for path in (fork / BOLT).parent.iterdir()] == ["integration.yml"]
    assert text_of(fork, BOLT) == before
    newest = next(iter(registry(fork).log("orders")))
    assert (newest.category, newest.subject, newest.preview) == (
        "fork",
        "orders@1",
        "bolt is no fork any more",
    )
    assert xchange("upstream", "status", "bolt", cwd=fork).code == 3


def test_where_fork_and_registry_are_in_git_both_are_to_be_committed(fork, xchange, monkeypatch):
    alone(monkeypatch)
    in_git(fork)
    made = xchange("fork", "orders@1", "acme", cwd=fork)
    assert made.err.endswith("  git add registry integrations/acme && git commit -m 'Fork orders'\n")
    commit(fork)
    gone = xchange("upstream", "detach", "acme", "--yes", cwd=fork)
    assert gone.err.endswith("  git add registry integrations/acme && git commit -m 'Detach acme'\n")


def test_detaching_as_data_is_as_the_schema_says(fork, xchange):
    ran = xchange("upstream", "detach", "--yes", "--output", "json", cwd=fork)
    assert (ran.code, faults(ran.out, "upstream"), json.loads(ran.out)["did"]) == (0, [], "detach")
    assert (told(ran)["parent"], told(ran)["files"]) == (None, [ORIGIN, BASE])


def test_a_fork_is_not_detached_where_nobody_can_be_asked(fork, xchange):
    ran = xchange("upstream", "detach", "bolt", cwd=fork)
    assert (ran.code, ran.out, (fork / ORIGIN).exists()) == (2, "", True)
    assert ran.err == (
        "error: bolt: nobody is here to type the key, so nothing was done\n"
        "hint: `xchange upstream detach bolt --yes` does it without asking.\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("typed", "code", "stays"), [("bolt\n", 0, False), ("blot\n", 2, True), ("\x04", 130, True)]
)
def test_on_a_terminal_the_key_has_to_be_typed(typed, code, stays, fork):
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    process = start_process("upstream", "detach", cwd=fork, env={"TERM": "dumb"}, stdin=theirs, stderr=theirs)
    process.communicate(timeout=60)
    assert "Type bolt to detach it" in os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, (fork / ORIGIN).exists()) == (code, stays)


def test_detaching_needs_no_registry(project, xchange):
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    assert xchange("fork", "orders", "bolt", cwd=folder).code == 0
    assert xchange("upstream", "detach", "--yes", cwd=folder).code == 0
    assert not (folder / "registry").exists()
