"""`xchange merge-driver` in a real git, and `xchange init --git-merge`."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from repositories import ADA, alone, commit, git
from upstream import ORDERS, PARENT, change, text_of

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script here")

HELLO, MORNING, EVENING = ("value: Hello", "value: Good morning", "value: Good evening")
AFTER_WAIT = "inputs: {milliseconds: {type: value, value: '10'}}\n"
DRIVER = "xchange merge-driver -- %O %A %B %L %P %S %X %Y"


def step(name, message="x"):
    return f"""\
      - name: {name}
        action: {{key: writeLog, component: {{key: log, isPublic: true, version: LATEST}}}}
        inputs: {{level: {{type: value, value: info}}, message: {{type: value, value: {message}}}}}
"""


@pytest.fixture
def repository(project, xchange, monkeypatch, tmp_path_factory):
    """Give a repository in which git calls this program."""
    alone(monkeypatch)
    program = tmp_path_factory.mktemp("bin") / "xchange"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m xchange_cli "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NO_COLOR", "1")
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    assert xchange("init", "--git-merge", cwd=folder).code == 0
    commit(folder, "Begin")
    return folder


def on_branch(folder, *pairs, name="topic", begins="main"):
    """Commit changes of the file on a new branch, and go back."""
    git(folder, "checkout", "--quiet", "-b", name, begins)
    change(folder, ORDERS, *pairs)
    commit(folder, f"Work of {name}")
    git(folder, "checkout", "--quiet", "main")


def on_main(folder, *pairs):
    change(folder, ORDERS, *pairs)
    commit(folder, "Work of main")


def tried(folder, *arguments):
    """Let git do what may end with a conflict, and give its exit code and all that it says."""
    ended = subprocess.run(["git", *ADA, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def criss_cross(folder):
    """Let two branches change one message differently, merge each other, and settle it differently."""
    on_branch(folder, (HELLO, EVENING))
    on_main(folder, (HELLO, MORNING))
    for name, other, text in (("main", "topic", MORNING), ("topic", "main~1", EVENING)):
        git(folder, "checkout", "--quiet", name)
        tried(folder, "merge", other)
        (folder / ORDERS).write_text(PARENT.replace(HELLO, text))
        commit(folder, f"Merged in {name}")


@needs_shell
def test_two_branches_that_add_different_steps_to_one_flow_merge_without_a_conflict(repository, xchange):
    on_branch(repository, (AFTER_WAIT, AFTER_WAIT + step("Theirs")))
    on_main(repository, (AFTER_WAIT, AFTER_WAIT + step("Ours")))
    assert tried(repository, "merge", "topic")[0] == 0
    assert text_of(repository, ORDERS) == PARENT + step("Ours") + step("Theirs")
    assert xchange("validate", cwd=repository).code == 0


@needs_shell
def test_without_the_driver_git_makes_a_conflict_of_the_same(repository):
    git(repository, "config", "--remove-section", "merge.xchange")
    on_branch(repository, (AFTER_WAIT, AFTER_WAIT + step("Theirs")))
    on_main(repository, (AFTER_WAIT, AFTER_WAIT + step("Ours")))
    assert tried(repository, "merge", "topic")[0] == 1


@needs_shell
def test_what_both_have_changed_is_a_conflict_between_marks_that_can_be_settled(repository, xchange):
    on_branch(repository, (HELLO, EVENING))
    on_main(repository, (HELLO, MORNING))

    code, said = tried(repository, "merge", "topic")

    line = "          message: {type: value, %s}\n"
    text = text_of(repository, ORDERS)
    assert (code, f"{ORDERS}: 1 conflict\n" in said) == (1, True)
    assert text[text.index("<<<<<<<") : text.index(">>>>>>>")].splitlines(keepends=True)[1::2] == [
        line % MORNING,
        line % HELLO,
        line % EVENING,
    ]
    assert git(repository, "status", "--short") == f"UU {ORDERS}"
    assert (
        "next: xchange upstream resolve Greet ours orders    (or theirs)\n"
        "      xchange upstream resolve --all theirs orders\n"
    ) in said
    [found] = json.loads(xchange("validate", "--output", "json", cwd=repository).out)["findings"]
    assert found["rule"] == "merge-conflict"
    assert found["hint"] == (
        "`xchange upstream resolve Greet ours orders` takes our side, `theirs` the other one; "
        "or edit the lines and take out the marks."
    )
    ran = xchange("upstream", "resolve", "Greet", "theirs", cwd=repository)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"next: git add {ORDERS}")
    git(repository, "add", ORDERS)
    git(repository, "commit", "--quiet", "--no-edit")
    assert text_of(repository, ORDERS) == PARENT.replace(HELLO, EVENING)


@needs_shell
@pytest.mark.parametrize(("has_driver", "style"), [(True, "merge"), (False, "merge"), (False, "diff3")])
def test_marks_of_the_length_that_an_attribute_asks_for_are_found_and_settled(
    has_driver, style, repository, xchange
):
    with (repository / ".gitattributes").open("a") as attributes:
        attributes.write("*.yml conflict-marker-size=12\n")
    commit(repository, "Longer marks")
    git(repository, "config", "merge.conflictStyle", style)
    if not has_driver:
        git(repository, "config", "--remove-section", "merge.xchange")
    on_branch(repository, (HELLO, EVENING))
    on_main(repository, (HELLO, MORNING))

    assert tried(repository, "merge", "topic")[0] == 1

    lines = text_of(repository, ORDERS).split("\n")
    marks = [line.split(" ")[0] for line in lines if line[:1] in {"<", "|", "=", ">"}]
    assert marks == [mark * 12 for mark in ("<|=>" if has_driver or style == "diff3" else "<=>")]
    [found] = json.loads(xchange("validate", "--output", "json", cwd=repository).out)["findings"]
    assert (found["rule"], found["step"], len(found["related"])) == ("merge-conflict", "Greet", 1)
    assert xchange("show", "orders", cwd=repository).code == 6
    assert xchange("upstream", "resolve", "Greet", "theirs", cwd=repository).code == 0
    assert text_of(repository, ORDERS) == PARENT.replace(HELLO, EVENING)


@needs_shell
def test_of_a_merge_whose_bases_are_in_conflict_the_outer_marks_are_found_and_settled(repository, xchange):
    """Without the driver, git leaves the conflict of the bases in the middle, between longer marks."""
    git(repository, "config", "--remove-section", "merge.xchange")
    git(repository, "config", "merge.conflictStyle", "diff3")
    criss_cross(repository)
    for branch, message in (("topic", "value: Good night"), ("main", "value: Good day")):
        git(repository, "checkout", "--quiet", branch)
        (repository / ORDERS).write_text(PARENT.replace(HELLO, message))
        commit(repository, f"Later on {branch}")
    assert tried(repository, "merge", "topic")[0] == 1
    assert "\n<<<<<<<<< " in text_of(repository, ORDERS)
    [found] = json.loads(xchange("validate", "--output", "json", cwd=repository).out)["findings"]
    assert (found["rule"], found["step"], len(found["related"])) == ("merge-conflict", "Greet", 1)
    assert xchange("upstream", "resolve", "--all", "ours", cwd=repository).code == 0
    assert text_of(repository, ORDERS) == PARENT.replace("value: Hello", "value: Good day")


@needs_shell
def test_a_step_renamed_on_one_branch_is_called_so_where_the_other_uses_it(repository, xchange):
    used = step("Tell").replace("type: value, value: x", "type: reference, value: greet.results")
    on_branch(repository, (AFTER_WAIT, AFTER_WAIT + used))
    on_main(repository, ("- name: Greet\n", "- name: Say Hello\n"))
    assert tried(repository, "merge", "topic")[0] == 0
    assert "{type: reference, value: sayHello.results}" in text_of(repository, ORDERS)
    assert xchange("validate", cwd=repository).code == 0


@needs_shell
@pytest.mark.parametrize("way", [("rebase", "main"), ("cherry-pick", "topic")])
def test_rebases_and_cherry_picks_merge_the_same_way(way, repository):
    on_branch(repository, (AFTER_WAIT, AFTER_WAIT + step("Theirs")))
    on_main(repository, (AFTER_WAIT, AFTER_WAIT + step("Ours")))
    if way[0] == "rebase":
        git(repository, "checkout", "--quiet", "topic")
    assert tried(repository, *way)[0] == 0
    assert text_of(repository, ORDERS) == PARENT + step("Ours") + step("Theirs")
    assert git(repository, "status", "--short") == ""


@needs_shell
def test_a_merge_of_branches_that_have_merged_each_other_before_works(repository):
    """Git merges the two bases first, with longer marks: what that leaves is no YAML, and goes line by line."""
    criss_cross(repository)
    git(repository, "checkout", "--quiet", "main")
    on_branch(repository, (AFTER_WAIT, AFTER_WAIT + step("New")), name="late", begins="topic")
    code, said = tried(repository, "merge", "late")
    assert code in {0, 1}
    assert "bug" not in said
    assert (step("New") in text_of(repository, ORDERS), MORNING in text_of(repository, ORDERS)) == (
        True,
        True,
    )


@needs_shell
@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        ("flows: [\n# a\n# b\n# c\n# d\nx: 1\n", "flows: [\n# a\n# b\n# c\n# d\nx: 0\ny: 1\n", 1),
        ("x: 2\n# a\n# b\n# c\n# d\nx: 0\n", "flows: [\n# a\n# b\n# c\n# d\nx: 3\n", 0),
    ],
)
def test_a_file_that_is_no_yaml_is_merged_by_lines_as_git_does_it(mine, theirs, code, repository):
    base = "flows: [\n# a\n# b\n# c\n# d\nx: 0\n"
    (repository / ORDERS).write_text(base)
    commit(repository)
    git(repository, "checkout", "--quiet", "-b", "topic")
    (repository / ORDERS).write_text(theirs)
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    (repository / ORDERS).write_text(mine)
    commit(repository)
    found, said = tried(repository, "merge", "topic")
    assert found == code
    assert f"{ORDERS}: merged line by line: " in said
    assert (text_of(repository, ORDERS) == "x: 2\n# a\n# b\n# c\n# d\nx: 3\n") == (code == 0)


@needs_shell
def test_a_file_that_both_have_added_is_merged_by_lines(repository):
    for branch, message in (("topic", EVENING), ("main", MORNING)):
        git(repository, "checkout", "--quiet", *(["-b"] if branch == "topic" else []), branch)
        path = repository / "integrations/new/integration.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PARENT.replace(HELLO, message))
        commit(repository)
    code, said = tried(repository, "merge", "topic")
    assert (code, "merged line by line: both sides have added it" in said) == (1, True)


def three(folder, base, ours, theirs):
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return "base", "ours", "theirs"


def test_the_result_replaces_ours(tmp_path, xchange):
    files = three(tmp_path, PARENT, PARENT.replace(HELLO, MORNING), PARENT.replace("'10'}}", "'99'}}"))
    ran = xchange("merge-driver", *files)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert text_of(tmp_path, "ours") == PARENT.replace(HELLO, MORNING).replace("'10'}}", "'99'}}")
    assert [text_of(tmp_path, name) for name in ("base", "theirs")] == [
        PARENT,
        PARENT.replace("'10'}}", "'99'}}"),
    ]


@pytest.mark.parametrize(
    ("arguments", "marks"),
    [
        ([], ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"]),
        (["9", ORDERS], ["<<<<<<<<< ours", "||||||||| base", "=========", ">>>>>>>>> theirs"]),
        (["7", ORDERS, "%S", "%X", "%Y"], ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"]),
        (
            ["7", ORDERS, "1f2e", "HEAD", "topic"],
            ["<<<<<<< HEAD", "||||||| 1f2e", "=======", ">>>>>>> topic"],
        ),
    ],
)
def test_marks_are_as_long_and_called_as_git_asks_for(arguments, marks, tmp_path, xchange):
    files = three(tmp_path, PARENT, PARENT.replace(HELLO, MORNING), PARENT.replace(HELLO, EVENING))
    ran = xchange("merge-driver", "--", *files, *arguments)
    assert (ran.code, ran.out) == (1, "")
    lines = text_of(tmp_path, "ours").split("\n")
    assert [line for line in lines if line[:7] in {"<" * 7, "|" * 7, "=" * 7, ">" * 7}] == marks


def test_marks_are_as_long_as_git_asks_for_also_where_lines_are_merged(tmp_path, xchange):
    files = three(tmp_path, "a\n", "b\n", "c\n")
    ran = xchange("merge-driver", *files, "9", "notes.yml", "", "HEAD", "topic")
    assert (ran.code, ran.out) == (1, "")
    assert text_of(tmp_path, "ours") == "<<<<<<<<< HEAD\nb\n=========\nc\n>>>>>>>>> topic\n"


def test_line_ends_and_the_byte_order_mark_of_ours_stay(tmp_path, xchange):
    ours = ("\ufeff" + PARENT.replace(HELLO, MORNING)).replace("\n", "\r\n")
    files = three(tmp_path, PARENT, ours, PARENT + step("New"))
    assert xchange("merge-driver", *files).code == 0
    assert (tmp_path / "ours").read_bytes().decode() == ours + step("New").replace("\n", "\r\n")


def test_what_is_no_text_stays_as_ours_and_is_a_conflict(tmp_path, xchange):
    files = three(tmp_path, b"\xff\x00\xff", b"\xfe\x01\x80\x00", b"\xff\x00\x81")
    ran = xchange("merge-driver", *files, "7", "icon.yml")
    assert (ran.code, ran.out, "icon.yml" in ran.err) == (1, "", True)
    assert (tmp_path / "ours").read_bytes() == b"\xfe\x01\x80\x00"


def test_a_file_that_is_missing_is_told_and_ours_stays(tmp_path, xchange):
    files = three(tmp_path, PARENT, PARENT + "# mine\n", PARENT)
    (tmp_path / "theirs").unlink()
    ran = xchange("merge-driver", *files)
    assert (ran.code, ran.out, text_of(tmp_path, "ours")) == (3, "", PARENT + "# mine\n")


def test_a_broken_project_file_is_in_nobodys_way(tmp_path, xchange):
    files = three(tmp_path, PARENT, PARENT.replace(HELLO, MORNING), PARENT + step("New"))
    (tmp_path / "xchange.yaml").write_text("<<<<<<< HEAD\n=======\n>>>>>>> topic\n")
    assert xchange("merge-driver", *files).code == 0


def test_init_sets_git_up_and_the_second_time_changes_nothing(project, xchange, monkeypatch):
    alone(monkeypatch)
    folder = project({"xchange.yaml": "limits: warn\n"})
    git(folder, "init", "--quiet")
    ran = xchange("init", "--git-merge", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-4:-1] == [
        "made           git config merge.xchange.driver: of this clone only; whoever",
        "               clones it says `xchange init --git-merge` once",
        "made           git config merge.xchange.name",
    ]
    assert git(folder, "config", "--get", "merge.xchange.driver") == DRIVER
    assert git(folder, "check-attr", "merge", ORDERS) == f"{ORDERS}: merge: xchange"
    attributes = text_of(folder, ".gitattributes")
    again = xchange("init", "--git-merge", cwd=folder)
    assert (again.code, text_of(folder, ".gitattributes")) == (0, attributes)
    assert {line.split("  ")[0] for line in again.out.splitlines()} == {"left as it is"}


def test_init_leaves_another_driver_as_it_is_and_tells_what_to_do_without_git(project, xchange, monkeypatch):
    alone(monkeypatch)
    folder = project({"xchange.yaml": "limits: warn\n"})
    without = xchange("init", "--git-merge", cwd=folder)
    assert f"    git config merge.xchange.driver '{DRIVER}'\n" in without.out
    git(folder, "init", "--quiet")
    git(folder, "config", "merge.xchange.driver", "mine %A")
    ran = xchange("init", "--git-merge", cwd=folder)
    assert "to do          git config merge.xchange.driver: it is `mine %A` already\n" in ran.out
    assert git(folder, "config", "--get", "merge.xchange.driver") == "mine %A"


def test_diff_and_merge_are_set_up_together(project, xchange, monkeypatch):
    alone(monkeypatch)
    folder = project({"xchange.yaml": "limits: warn\n"})
    git(folder, "init", "--quiet")
    assert xchange("init", "--git-diff", "--git-merge", cwd=folder).code == 0
    assert git(folder, "check-attr", "merge", "diff", "--", ORDERS).splitlines() == [
        f"{ORDERS}: merge: xchange",
        f"{ORDERS}: diff: xchange",
    ]


@needs_shell
def test_branches_that_were_merged_both_ways_with_a_conflict_are_merged_by_steps_again(repository, xchange):
    on_branch(repository, (HELLO, EVENING))
    on_main(repository, (HELLO, MORNING))
    ours, theirs = (git(repository, "rev-parse", name).strip() for name in ("main", "topic"))
    for branch, other, side in (("main", theirs, "ours"), ("topic", ours, "theirs")):
        git(repository, "checkout", "--quiet", branch)
        assert tried(repository, "merge", other)[0] == 1
        assert xchange("upstream", "resolve", "--all", side, "orders", cwd=repository).code == 0
        change(repository, ORDERS, (AFTER_WAIT, AFTER_WAIT + step(branch.title())))
        git(repository, "commit", "--quiet", "--all", "--message", f"Merged into {branch}")

    code, said = tried(repository, "merge", "main")

    assert (code, "line by line" in said) == (0, False)
    both = AFTER_WAIT + step("Topic") + step("Main")
    assert text_of(repository, ORDERS) == PARENT.replace(HELLO, MORNING).replace(AFTER_WAIT, both)
