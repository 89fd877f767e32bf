"""`xchange upstream status` and `pull`: what the parent of a fork has changed, brought into the fork."""

import json
import shutil

import pytest

from forks import change as change_state
from forks import publish
from repositories import git
from strict_schemas import faults
from upstream import BASE, BOLT, ORDERS, ORIGIN, PARENT, change, in_git, kinds, new_version, text_of, told
from xchange_cli.validation.schema_check import is_valid

MESSAGE = ("value: Hello", "value: Good morning")
LEVEL = ("value: info", "value: warn")
DELAY = ("milliseconds: {type: value, value: '10'}", "milliseconds: {type: value, value: '99'}")
SIZE = ("defaultValue: '10'", "defaultValue: '20'")
NEW_STEP = """\
      - name: Done  # at the end
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: {type: value, value: Done}}
"""

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")


@pytest.fixture
def fork(project, xchange):
    """Give a project in which `bolt` is a fork of orders@1."""
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    publish(folder, "orders")
    assert xchange("fork", "orders@1", "bolt", cwd=folder).code == 0
    return folder


@pytest.fixture
def copy(project, xchange):
    """Give a project in which `bolt` is a fork of the working copy of its parent, which was never published."""
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    assert xchange("fork", "orders", "bolt", cwd=folder).code == 0
    return folder


def state(folder):
    return [(folder / name).read_bytes() for name in (BOLT, BASE, ORIGIN)]


def origin(folder):
    data = json.loads(text_of(folder, ORIGIN))
    assert is_valid(data, "fork")
    return data["parent"], data["version"]


def test_a_fork_that_has_all_of_its_parent_is_behind_by_nothing(fork, xchange):
    ran = xchange("upstream", "status", cwd=fork)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == [
        "bolt is a fork of orders@1",
        "behind: nothing, it has all of orders@1",
        "ahead of orders@1: 1 change: 1 safe",
    ]


def test_what_the_parent_has_changed_is_behind_and_what_the_fork_has_changed_is_ahead(fork, xchange):
    new_version(fork, ("isSynchronous: true", "isSynchronous: false"), SIZE)
    change(fork, BOLT, DELAY)

    ran = xchange("upstream", "status", "bolt", "--output", "json", cwd=fork)

    assert (ran.code, ran.err, faults(ran.out, "upstream")) == (0, "", [])
    found = told(ran)
    assert json.loads(ran.out)["did"] == "status"
    assert (found["key"], found["file"]) == ("bolt", BOLT)
    assert found["parent"] == {"key": "orders", "version": 1, "commit": None}
    assert found["newest"] == {"key": "orders", "version": 2, "commit": None, "isAvailable": True}
    assert kinds(found["behind"]) == [
        ("config-var-default-changed", "risky"),
        ("synchronous-changed", "breaking"),
    ]
    assert {one["new"]["file"] for one in found["behind"]} == {"orders@2"}
    assert kinds(found["ahead"])[0] == ("integration-name-changed", "safe")
    assert found["ahead"][-1]["step"] == "Wait"


def test_the_text_names_both_directions_and_the_next_command(fork, xchange):
    new_version(fork, ("isSynchronous: true", "isSynchronous: false"))
    lines = xchange("upstream", "status", cwd=fork).out.splitlines()
    assert lines[:4] == [
        "bolt is a fork of orders@1",
        "behind orders@2: 1 change: 1 breaking",
        "  flow `Receive`",
        "    breaking  synchronous: true → false",
    ]
    assert lines[-1] == "next: xchange upstream pull bolt --preview"


def test_without_a_key_all_forks_are_shown_and_one_in_its_folder(fork, xchange):
    assert xchange("fork", "orders@1", "acme", cwd=fork).code == 0
    ran = xchange("upstream", "status", "--output", "json", cwd=fork)
    assert [one["key"] for one in json.loads(ran.out)["forks"]] == ["acme", "bolt"]
    inside = xchange("upstream", "status", "--output", "json", cwd=fork / "integrations/acme")
    assert [one["key"] for one in json.loads(inside.out)["forks"]] == ["acme"]


def test_one_fork_that_is_broken_does_not_keep_the_others_from_being_shown(fork, xchange):
    assert xchange("fork", "orders@1", "acme", cwd=fork).code == 0
    (fork / "integrations/acme/integration.yml").write_text("flows: [\n")
    ran = xchange("upstream", "status", cwd=fork)
    assert (ran.code, ran.out.splitlines()[0]) == (3, "bolt is a fork of orders@1")
    assert ran.err.startswith("integrations/acme/integration.yml:1:8: error: this bracket is never closed\n")


def test_a_fork_of_the_working_copy_follows_that(copy, xchange):
    assert xchange("upstream", "status", cwd=copy).out.startswith(
        "bolt is a fork of orders\nbehind: nothing, it has all of orders\n"
    )
    change(copy, ORDERS, DELAY)
    ran = xchange("upstream", "pull", cwd=copy)
    assert (ran.code, origin(copy)) == (0, ("orders", None))
    assert text_of(copy, BASE) == text_of(copy, ORDERS)
    assert DELAY[1] in text_of(copy, BOLT)


def test_where_the_working_copy_of_the_parent_is_gone_its_versions_are_followed(copy, xchange):
    new_version(copy, DELAY)
    shutil.rmtree(copy / "integrations/orders")
    assert xchange("upstream", "pull", cwd=copy).code == 0
    assert origin(copy) == ("orders", 1)


def test_a_fork_whose_parent_is_nowhere_is_told_so(copy, xchange):
    shutil.rmtree(copy / "integrations/orders")
    ran = xchange("upstream", "status", cwd=copy)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (
        3,
        "",
        "error: no version of orders is published",
    )


def test_a_pull_brings_the_changes_and_leaves_all_else_byte_for_byte(fork, xchange):
    change(
        fork,
        BOLT,
        ("  - name: Receive\n", "  # Bolt posts twice a day\n  - name:   'Receive'   # theirs\n"),
        (LEVEL[0], 'value: "debug"'),
    )
    before = text_of(fork, BOLT)
    new_version(fork, DELAY, SIZE)

    ran = xchange("upstream", "pull", "bolt", cwd=fork)

    assert (ran.code, ran.err) == (0, "")
    assert text_of(fork, BOLT) == before.replace(*DELAY).replace(*SIZE)
    assert text_of(fork, BASE) == text_of(fork, ORDERS)
    assert origin(fork) == ("orders", 2)


def test_a_fork_that_is_three_versions_behind_keeps_its_comments(fork, xchange):
    change(fork, BOLT, (LEVEL[0] + "}", "value: info}  # ask Bo"), ("# The parent\n", "# The fork\n\n"))
    mine = text_of(fork, BOLT)
    new_version(fork, MESSAGE)
    new_version(fork, (DELAY[1].replace("99", "10"), DELAY[1]))
    new_version(fork, ("value: '99'}}\n", "value: '99'}}\n" + NEW_STEP))

    assert xchange("upstream", "pull", cwd=fork).code == 0

    assert text_of(fork, BOLT) == mine.replace(*MESSAGE).replace(*DELAY) + NEW_STEP
    assert origin(fork) == ("orders", 4)
    assert xchange("upstream", "pull", cwd=fork).out == "bolt has all of orders@4; nothing was changed\n"


def test_what_the_fork_has_renamed_keeps_its_name_in_what_comes_from_the_parent(fork, xchange):
    change(fork, BOLT, ("- name: Greet\n", "- name: Say Hello\n"))
    used = NEW_STEP.replace("type: value, value: Done", "type: reference, value: greet.results")
    new_version(fork, ("value: '10'}}\n", "value: '10'}}\n" + used))
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert "value: sayHello.results" in text_of(fork, BOLT)


def test_a_pull_tells_what_changed_in_the_fork_what_was_written_and_what_is_found(fork, xchange):
    new_version(fork, ("isSynchronous: true", "isSynchronous: false"))
    lines = xchange("upstream", "pull", cwd=fork).out.splitlines()
    assert lines[:5] == [
        "bolt went orders@1 → orders@2: 1 change: 1 breaking",
        "Callers of `Receive` must change.",
        "",
        "flow `Receive`",
        "  breaking  synchronous: true → false",
    ]
    assert lines[-4:] == [
        f"written {BOLT}",
        f"written {BASE}",
        f"written {ORIGIN}",
        "checked: 2 warnings; `xchange validate bolt` shows where",
    ]


def test_a_pull_as_data_is_as_its_schema_says(fork, xchange):
    new_version(fork, SIZE)
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    found = told(ran)
    assert (ran.code, faults(ran.out, "upstream"), json.loads(ran.out)["did"]) == (0, [], "pull")
    assert found["parent"] == {"key": "orders", "version": 2, "commit": None}
    assert (kinds(found["changes"]), found["conflicts"], found["files"]) == (
        [("config-var-default-changed", "risky")],
        [],
        [BOLT, BASE, ORIGIN],
    )


def test_a_preview_shows_the_same_and_writes_nothing(fork, xchange):
    new_version(fork, SIZE)
    before = state(fork)
    ran = xchange("upstream", "pull", "--preview", cwd=fork)
    assert (ran.code, state(fork) == before) == (0, True)
    assert ran.out.startswith("bolt would go orders@1 → orders@2: 1 change: 1 risky\n")
    assert ran.out.endswith("\nnothing was written\n")
    data = xchange("upstream", "pull", "--preview", "--output", "json", cwd=fork)
    assert (faults(data.out, "upstream"), told(data)["files"], told(data)["parent"]["version"]) == ([], [], 1)
    assert state(fork) == before


def test_the_name_and_the_description_that_a_fork_has_given_itself_stay(fork, xchange):
    change(fork, BOLT, ("description: Takes orders.", "description: Bolt's own"))
    new_version(fork, ("name: Orders", "name: All Orders"), ("Takes orders.", "Takes more orders."), SIZE)
    assert xchange("upstream", "pull", cwd=fork).code == 0
    text = text_of(fork, BOLT)
    assert "name: Bolt\ndescription: Bolt's own\n" in text
    assert SIZE[1] in text


def test_a_description_that_the_fork_has_left_as_it_was_follows_its_parent(fork, xchange):
    new_version(fork, ("Takes orders.", "Takes more orders."))
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert "name: Bolt\ndescription: Takes more orders.\n" in text_of(fork, BOLT)


def test_versions_that_are_not_available_are_not_followed_but_can_be_named(fork, xchange):
    new_version(fork, SIZE)
    new_version(fork, DELAY)
    change_state(fork, "orders", 3, available=False, because="it waits too long")
    assert told(xchange("upstream", "status", "-o", "json", cwd=fork))["newest"]["version"] == 2

    ran = xchange("upstream", "pull", "--to", "3", cwd=fork)

    assert (ran.code, origin(fork)) == (0, ("orders", 3))
    assert ran.err == "warning: orders@3 is marked as unavailable: it waits too long\n"


@pytest.mark.parametrize(
    ("to", "version"), [("2", 2), ("orders@2", 2), ("latest", 3), ("orders@latest", 3), ("orders", None)]
)
def test_a_version_or_the_working_copy_can_be_named(to, version, fork, xchange):
    new_version(fork, SIZE)
    new_version(fork, DELAY)
    change(fork, ORDERS, MESSAGE)
    assert xchange("upstream", "pull", "--to", to, cwd=fork).code == 0
    assert origin(fork) == ("orders", version)
    assert (MESSAGE[1] in text_of(fork, BOLT)) == (version is None)


def test_an_older_version_takes_back_what_came_after_it(fork, xchange):
    before = text_of(fork, BOLT)
    new_version(fork, SIZE)
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert xchange("upstream", "pull", "--to", "1", cwd=fork).code == 0
    assert (text_of(fork, BOLT), origin(fork)) == (before, ("orders", 1))


@pytest.mark.parametrize("to", ["nine", "0", "acme@1", "orders@", "orders@x", "@3", "-1"])
def test_what_is_no_version_of_the_parent_is_refused(to, fork, xchange):
    before = state(fork)
    ran = xchange("upstream", "pull", f"--to={to}", cwd=fork)
    assert (ran.code, ran.out, state(fork) == before) == (2, "", True)
    assert ran.err.startswith(f"error: {to} is no version of orders, which bolt is a fork of\n")


def test_a_version_that_is_not_there_is_told_with_the_newest(fork, xchange):
    ran = xchange("upstream", "pull", "--to", "9", cwd=fork)
    assert (ran.code, ran.err.splitlines()[0]) == (3, "error: orders has no version 9")


@pytest.mark.parametrize("command", ["status", "pull", "detach"])
def test_what_is_no_fork_is_told_so(command, fork, xchange):
    ran = xchange("upstream", command, "orders", cwd=fork)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: orders is no fork: there is no fork.json beside it\n")


def test_where_several_forks_could_be_meant_one_is_to_be_named(fork, xchange):
    assert xchange("fork", "orders@1", "acme", cwd=fork).code == 0
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "error: one fork is meant, and there are 2: acme, bolt",
    )


def test_in_a_project_without_forks_there_is_nothing_to_show(project, xchange):
    ran = xchange("upstream", "status", cwd=project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"}))
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (3, "", "error: there is no fork in this project")


@needs_git
def test_a_fork_that_is_not_committed_is_not_pulled_into_unless_that_is_wanted(fork, xchange):
    in_git(fork)
    new_version(fork, DELAY)
    change(fork, BOLT, SIZE)
    before = state(fork)

    ran = xchange("upstream", "pull", cwd=fork)

    assert (ran.code, ran.out, state(fork) == before) == (6, "", True)
    assert ran.err.splitlines()[0] == f"error: bolt has changes that are not committed: {BOLT}"
    assert xchange("upstream", "pull", "--preview", cwd=fork).code == 0
    done = xchange("upstream", "pull", "--allow-dirty", cwd=fork)
    assert (done.code, "git restore" in done.out) == (0, False)
    assert (SIZE[1] in text_of(fork, BOLT), DELAY[1] in text_of(fork, BOLT)) == (True, True)


@needs_git
def test_a_pull_into_what_is_committed_can_be_taken_back(fork, xchange):
    in_git(fork)
    before = state(fork)
    new_version(fork, DELAY)
    ran = xchange("upstream", "pull", cwd=fork)
    [line] = [line for line in ran.out.splitlines() if "git restore" in line]
    git(fork, *line.removeprefix("to take it back: git ").split())
    assert state(fork) == before


@needs_git
def test_a_fork_that_git_does_not_know_yet_is_not_committed_either(fork, xchange):
    git(fork, "init", "--quiet")
    new_version(fork, DELAY)
    assert xchange("upstream", "pull", cwd=fork).code == 6


def test_a_base_with_other_line_ends_is_no_trouble_while_the_version_is_there(fork, xchange):
    new_version(fork, DELAY)
    (fork / BASE).write_bytes((fork / BASE).read_bytes().replace(b"\n", b"\r\n"))
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert text_of(fork, BASE) == text_of(fork, ORDERS)


def test_a_pull_that_was_killed_between_two_files_is_finished_by_the_next(fork, xchange):
    new_version(fork, DELAY)
    before = (fork / ORIGIN).read_bytes()
    assert xchange("upstream", "pull", cwd=fork).code == 0
    done = state(fork)
    (fork / ORIGIN).write_bytes(before)
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert state(fork) == done


@pytest.mark.parametrize("data", [b"", b"name: other\n", None])
def test_a_base_that_is_not_what_was_forked_is_refused(data, copy, xchange):
    (copy / BASE).unlink()
    if data is not None:
        (copy / BASE).write_bytes(data)
    before = text_of(copy, BOLT)
    for command in ("status", "pull"):
        ran = xchange("upstream", command, cwd=copy)
        assert (ran.code, ran.out) == (1, "")
        message = f"error: {BASE} is not what fork.json says: its digest is another one"
        assert ran.err.splitlines()[0] == message
    assert text_of(copy, BOLT) == before


def test_a_folder_in_the_place_of_the_base_is_told_and_nothing_is_written(fork, xchange):
    new_version(fork, DELAY)
    (fork / BASE).unlink()
    (fork / BASE).mkdir()
    before = text_of(fork, BOLT)
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.out, text_of(fork, BOLT)) == (3, "", before)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_and_encoding_of_the_fork_stay(encoding, fork, xchange):
    mine = text_of(fork, BOLT).replace("\n", "\r\n")
    (fork / BOLT).write_bytes(mine.encode(encoding))
    new_version(fork, ("value: '10'}}\n", "value: '10'}}\n" + NEW_STEP))
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert (fork / BOLT).read_bytes() == (mine + NEW_STEP.replace("\n", "\r\n")).encode(encoding)


def test_a_broken_fork_or_parent_stops_the_pull_with_its_place(fork, xchange):
    new_version(fork, DELAY)
    (fork / BOLT).write_text("flows: [\n")
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.err.splitlines()[0]) == (1, f"{BOLT}:1:8: error: this bracket is never closed")


def test_a_key_that_steers_terminals_is_shown_without_that(project, xchange):
    folder = project({"integrations/a\x1b[31m/integration.yml": PARENT})
    ran = xchange("upstream", "status", "integrations/a\x1b[31m", cwd=folder)
    assert (ran.code, "\x1b" in ran.out + ran.err) == (3, False)
