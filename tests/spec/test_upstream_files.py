"""Icon, documentation and attachments of a parent, brought into its fork by `xchange upstream pull`."""

import json
import os
import shutil
import sys

import pytest

from forks import publish
from repositories import alone, commit, git
from strict_schemas import faults
from upstream import BOLT, ORDERS, ORIGIN, PARENT, change, in_git, text_of, told

HERE, THERE = "integrations/bolt", "integrations/orders"
SETUP, PRICES, ICON = "docs/setup.md", "attachments/prices.csv", "icon.png"
PAGE = "# Setup\n\nfirst\n\nsecond\n\nthird\n"
FILES = {
    SETUP: PAGE.encode(),
    "docs/old.md": b"# Old\n",
    PRICES: b"a,b\n1,2\n",
    "attachments/form.pdf": b"%PDF\0 1\r\n",
}
DELAY = ("milliseconds: {type: value, value: '10'}", "milliseconds: {type: value, value: '99'}")
NOTHING = "bolt has all of orders@2; nothing was changed\n"


def put(folder, key, **files):
    """Write files into an integration's folder, or remove those that are None."""
    for name, data in files.items():
        path = folder / "integrations" / key / name
        if data is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def beside(folder, key="bolt"):
    """Give the files beside an integration, but for where it is from."""
    place = folder / "integrations" / key
    found = {
        path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()
    }
    return {name: data for name, data in found.items() if "/" in name or name == ICON}


def new_version(folder, *pairs, **files):
    change(folder, ORDERS, *pairs)
    put(folder, "orders", **files)
    return publish(folder, "orders")


@pytest.fixture
def parent(project):
    folder = project({ORDERS: PARENT, "xchange.yaml": "limits: warn\n"})
    put(folder, "orders", **FILES)
    return folder


@pytest.fixture
def fork(parent, xchange):
    """Give a project in which `bolt` is a fork of orders@1, with its documentation and attachments."""
    publish(parent, "orders")
    assert xchange("fork", "orders@1", "bolt", cwd=parent).code == 0
    assert beside(parent) == FILES
    return parent


def test_what_the_fork_has_left_alone_follows_its_parent(fork, xchange):
    new = {SETUP: b"# Setup\n", PRICES: b"a,b\n", ICON: b"PNG\0", "docs/deep/new.md": b"# New\n"}
    new_version(fork, DELAY, **new, **{"docs/old.md": None})
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.err) == (0, "")
    assert beside(fork) == beside(fork, "orders") == {"attachments/form.pdf": b"%PDF\0 1\r\n", **new}
    assert DELAY[1] in text_of(fork, BOLT)
    assert xchange("upstream", "pull", cwd=fork).out == NOTHING


def test_a_pull_of_nothing_but_files_tells_what_became_of_each(fork, xchange):
    put(fork, "bolt", **{SETUP: PAGE.replace("first", "First").encode(), "docs/own.md": b"# Own\n"})
    changed = PAGE.replace("third", "Third").encode()
    new_version(fork, **{SETUP: changed, "docs/old.md": None, "docs/new.md": b"# New\n"})
    preview = xchange("upstream", "pull", "--preview", cwd=fork)
    assert preview.out == (
        "bolt would go orders@1 → orders@2: 3 files\n\nadded     docs/new.md\nremoved   docs/old.md\n"
        "merged    docs/setup.md\n\nnothing was written\n"
    )
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.out.splitlines()[:9]) == (
        0,
        [
            "bolt went orders@1 → orders@2: 3 files",
            "",
            "added     docs/new.md",
            "removed   docs/old.md",
            "merged    docs/setup.md",
            "",
            f"written {HERE}/docs/new.md",
            f"removed {HERE}/docs/old.md",
            f"written {HERE}/docs/setup.md",
        ],
    )
    both = PAGE.replace("first", "First").replace("third", "Third").encode()
    assert (beside(fork)[SETUP], beside(fork)["docs/own.md"]) == (both, b"# Own\n")


def test_the_last_file_of_a_folder_takes_the_folder_along(fork, xchange):
    new_version(fork, **{SETUP: None, "docs/old.md": None})
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert not (fork / HERE / "docs").exists()


def test_what_both_have_changed_in_the_same_way_is_no_change(fork, xchange):
    for key in ("orders", "bolt"):
        put(fork, key, **{PRICES: b"a,b\n1,3\n", "docs/old.md": None, "docs/new.md": b"# New\n"})
    publish(fork, "orders")
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    assert (ran.code, told(ran)["changedFiles"]) == (0, [])


def test_what_the_parent_has_removed_and_the_fork_has_changed_stays(fork, xchange):
    put(fork, "bolt", **{"docs/old.md": b"# Mine\n"})
    new_version(fork, **{"docs/old.md": None})
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, beside(fork)["docs/old.md"]) == (0, b"# Mine\n")
    assert "kept      docs/old.md\nkept: the parent has removed it, the fork has changed it\n" in ran.out


@pytest.fixture
def conflicts(fork, xchange):
    """Give the project after a pull that has left a conflict in a text, in a table and in a file that the fork removed."""
    put(fork, "bolt", **{SETUP: PAGE.replace("first", "Mine").encode(), PRICES: b"mine\n"})
    put(fork, "bolt", **{"attachments/form.pdf": None})
    theirs = PAGE.replace("first", "Theirs").replace("third", "Third").encode()
    new_version(fork, **{SETUP: theirs, PRICES: b"theirs\n", "attachments/form.pdf": b"%PDF\0 2\r\n"})
    assert xchange("upstream", "pull", cwd=fork).code == 6
    return fork


def test_of_what_both_have_changed_ours_stays_and_theirs_waits(conflicts):
    mine, theirs = (PAGE.replace("third", "Third").replace("first", word) for word in ("Mine", "Theirs"))
    assert beside(conflicts) == {
        "docs/old.md": b"# Old\n",
        SETUP: mine.encode(),
        PRICES: b"mine\n",
        f"fork.upstream/{SETUP}": theirs.encode(),
        f"fork.upstream/{PRICES}": b"theirs\n",
        "fork.upstream/attachments/form.pdf": b"%PDF\0 2\r\n",
    }
    assert json.loads(text_of(conflicts, ORIGIN))["version"] == 2


def test_until_they_are_settled_nothing_is_pulled_and_status_tells_them(conflicts, xchange):
    change(conflicts, ORDERS, DELAY)
    publish(conflicts, "orders")
    before = beside(conflicts)
    ran = xchange("upstream", "pull", cwd=conflicts)
    assert (ran.code, ran.out, beside(conflicts) == before, DELAY[0] in text_of(conflicts, BOLT)) == (
        6,
        "",
        True,
        True,
    )
    assert ran.err.startswith("error: an earlier pull is not finished: somebody has to choose a version of")
    status = xchange("upstream", "status", cwd=conflicts)
    assert status.code == 6
    assert status.out.endswith(
        "3 conflicts to settle\n"
        f"  {HERE}/attachments/form.pdf: changed in different ways\n"
        f"    theirs is {HERE}/fork.upstream/attachments/form.pdf\n"
        f"  {HERE}/attachments/prices.csv: changed in different ways\n"
        f"    theirs is {HERE}/fork.upstream/attachments/prices.csv\n"
        f"  {HERE}/docs/setup.md: changed in different ways\n"
        f"    theirs is {HERE}/fork.upstream/docs/setup.md\n"
        "next: xchange upstream resolve attachments/form.pdf ours bolt    (or theirs)\n"
        "      xchange upstream resolve --all theirs bolt\n"
    )


@pytest.mark.parametrize(
    ("side", "form", "prices"), [("ours", None, b"mine\n"), ("theirs", b"%PDF\0 2\r\n", b"theirs\n")]
)
def test_each_is_settled_by_its_path(side, form, prices, conflicts, xchange):
    first = xchange("upstream", "resolve", PRICES, side, cwd=conflicts)
    assert (first.code, first.out.splitlines()[:2]) == (
        6,
        [f"settled {side} in {PRICES}", "2 conflicts left"],
    )
    assert xchange("upstream", "resolve", "attachments/form.pdf", side, "bolt", cwd=conflicts).code == 6
    last = xchange("upstream", "resolve", SETUP, side, "bolt", cwd=conflicts)
    assert (last.code, last.out.splitlines()[:2]) == (
        0,
        [f"settled {side} in {SETUP}", "no conflict is left"],
    )
    found = beside(conflicts)
    assert (found.get("attachments/form.pdf"), found[PRICES]) == (form, prices)
    assert not (conflicts / HERE / "fork.upstream").exists()
    assert xchange("upstream", "pull", cwd=conflicts).out == NOTHING


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_all_are_settled_at_once_with_those_in_the_integration(side, fork, xchange):
    for key, word in (("bolt", "Hi"), ("orders", "Good morning")):
        change(fork, f"integrations/{key}/integration.yml", ("value: Hello", f"value: {word}"))
        put(fork, key, **{PRICES: word.encode()})
    publish(fork, "orders")
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.out.splitlines()[:2]) == (
        6,
        ["bolt went orders@1 → orders@2: nothing but conflicts", "2 conflicts to settle"],
    )
    left = xchange("upstream", "resolve", "--all", side, "--output", "json", cwd=fork)
    assert (left.code, faults(left.out, "upstream"), told(left)["fileConflicts"]) == (0, [], [])
    assert told(left)["files"] == [
        *([f"{HERE}/{PRICES}"] if side == "theirs" else []),
        f"{HERE}/fork.upstream/{PRICES}",
        BOLT,
    ]
    word = "Hi" if side == "ours" else "Good morning"
    assert (beside(fork)[PRICES], f"value: {word}" in text_of(fork, BOLT)) == (word.encode(), True)


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["docs/setup.mb"], "there is no conflict in docs/setup.mb", "Did you mean `docs/setup.md`?"),
        (["--flow", "Receive", SETUP], "no conflict is in a flow called Receive", "`--all` settles all that are left."),
    ],
)  # fmt: skip
def test_words_that_name_no_file_change_nothing(words, message, hint, conflicts, xchange):
    before = beside(conflicts)
    ran = xchange("upstream", "resolve", *words, "ours", cwd=conflicts)
    assert (ran.code, ran.err) == (3, f"error: {message}\nhint: {hint}\n")
    assert beside(conflicts) == before


def test_the_shell_offers_files_with_conflicts(conflicts, xchange):
    line = ("xchange", "upstream", "resolve", "")
    asked = {"_XCHANGE_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(line), "COMP_CWORD": "3"}
    ran = xchange(cwd=conflicts, env=asked)
    assert [one.split("\t")[0].strip() for one in ran.out.splitlines()] == [
        "attachments/form.pdf",
        PRICES,
        SETUP,
    ]


def test_what_waits_goes_with_the_lineage_of_a_fork(conflicts, xchange):
    ran = xchange("upstream", "detach", "bolt", "--yes", cwd=conflicts)
    assert (ran.code, f"removed {HERE}/fork.upstream/{PRICES}\n" in ran.out) == (0, True)
    assert not (conflicts / HERE / "fork.upstream").exists()
    assert beside(conflicts)[PRICES] == b"mine\n"


def test_data_about_files_is_as_the_schema_says(fork, xchange):
    put(fork, "bolt", **{PRICES: b"mine\n", "docs/own.md": b"# Own\n"})
    new_version(fork, **{PRICES: b"theirs\n", "docs/old.md": None})
    status = xchange("upstream", "status", "--output", "json", cwd=fork)
    assert (status.code, faults(status.out, "upstream")) == (0, [])
    assert {key: told(status)[key] for key in ("behindFiles", "aheadFiles", "changedFiles", "fileConflicts")} == {
        "behindFiles": [{"name": PRICES, "what": "changed"}, {"name": "docs/old.md", "what": "removed"}],
        "aheadFiles": [{"name": PRICES, "what": "changed"}, {"name": "docs/own.md", "what": "added"}],
        "changedFiles": None,
        "fileConflicts": [],
    }  # fmt: skip
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    assert (ran.code, faults(ran.out, "upstream")) == (6, [])
    assert told(ran)["changedFiles"] == [
        {"name": PRICES, "what": "conflict"},
        {"name": "docs/old.md", "what": "removed"},
    ]
    assert told(ran)["fileConflicts"] == [
        {"name": PRICES, "file": f"{HERE}/{PRICES}", "theirs": f"{HERE}/fork.upstream/{PRICES}"}
    ]


def test_the_text_of_status_tells_files_in_both_directions(fork, xchange):
    put(fork, "bolt", **{"docs/own.md": b"# Own\n"})
    new_version(fork, **{PRICES: b"theirs\n"})
    lines = xchange("upstream", "status", cwd=fork).out.splitlines()
    assert lines[:3] == [
        "bolt is a fork of orders@1",
        "behind orders@2: 1 file",
        "  changed   attachments/prices.csv",
    ]
    assert lines[3] == "ahead of orders@1: 1 change: 1 safe; and 1 file"
    assert lines[-2:] == ["  added     docs/own.md", "next: xchange upstream pull bolt --preview"]


def test_line_ends_and_encoding_of_our_page_stay_where_it_is_merged(fork, xchange):
    mine = ("\ufeff" + PAGE.replace("first", "First")).replace("\n", "\r\n")
    put(fork, "bolt", **{SETUP: mine.encode(), "docs/old.md": b"# Old\r\n"})
    new_version(fork, **{SETUP: PAGE.replace("third", "Third").encode()})
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    assert told(ran)["changedFiles"] == [{"name": SETUP, "what": "merged"}]
    assert beside(fork)[SETUP] == mine.replace("third", "Third").encode()
    assert beside(fork)["docs/old.md"] == b"# Old\r\n"


def test_a_page_that_is_no_text_is_a_conflict_as_a_whole(fork, xchange):
    put(fork, "bolt", **{SETUP: b"\xff\x00\xff"})
    new_version(fork, **{SETUP: b"# Setup\n"})
    assert xchange("upstream", "pull", cwd=fork).code == 6
    found = beside(fork)
    assert (found[SETUP], found[f"fork.upstream/{SETUP}"]) == (b"\xff\x00\xff", b"# Setup\n")


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")


@pytest.fixture
def copy(parent, xchange, monkeypatch):
    """Give a repository in which `bolt` is a fork of the working copy of its parent."""
    alone(monkeypatch)
    in_git(parent)
    assert xchange("fork", "orders", "bolt", cwd=parent).code == 0
    commit(parent)
    return parent


@needs_git
def test_of_a_fork_of_a_commit_the_files_of_that_commit_are_the_base(copy, xchange):
    put(copy, "bolt", **{PRICES: b"mine\n"})
    put(copy, "orders", **{PRICES: b"theirs\n", "docs/old.md": None})
    commit(copy)
    ran = xchange("upstream", "pull", cwd=copy)
    assert (ran.code, ran.out.splitlines()[0]) == (
        6,
        "bolt went to orders as it is now: 1 file; and 1 conflict",
    )
    assert "docs/old.md" not in beside(copy)
    assert xchange("upstream", "resolve", PRICES, "ours", cwd=copy).code == 0
    assert xchange("upstream", "pull", cwd=copy).out == "bolt has all of orders; nothing was changed\n"


@needs_git
def test_a_pull_of_files_can_be_taken_back(copy, xchange):
    put(copy, "bolt", **{PRICES: b"mine\n"})
    put(copy, "orders", **{PRICES: b"theirs\n", "docs/old.md": None, "docs/new.md": b"# New\n"})
    commit(copy)
    before = beside(copy)
    ran = xchange("upstream", "pull", cwd=copy)
    [line] = [line for line in ran.out.splitlines() if "git restore" in line]
    for command in line.removeprefix("to take it back: ").split(" && "):
        git(copy, *command.split()[1:])
    assert (beside(copy), git(copy, "status", "--short")) == (before, "")


@needs_git
def test_files_that_a_pull_would_change_are_to_be_committed_and_others_need_not_be(copy, xchange):
    put(copy, "orders", **{PRICES: b"theirs\n"})
    commit(copy)
    put(copy, "bolt", **{"docs/own.md": b"# Own\n"})
    git(copy, "rm", "--quiet", "--cached", f"{HERE}/{PRICES}")
    ran = xchange("upstream", "pull", cwd=copy)
    assert (ran.code, ran.err.splitlines()[0]) == (
        6,
        f"error: bolt has changes that are not committed: {HERE}/{PRICES}",
    )
    assert beside(copy)[PRICES] == FILES[PRICES]
    assert xchange("upstream", "pull", "--allow-dirty", cwd=copy).code == 0
    assert beside(copy)[PRICES] == b"theirs\n"


def without_digests(folder):
    """Make `fork.json` what an older xchange has written."""
    path = folder / ORIGIN
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({key: told[key] for key in told if key != "files"}), encoding="utf-8")


def damage(folder):
    """Lose a file of the version that the fork was made of."""
    for path in (folder / "registry").rglob("prices.csv"):
        if path.read_bytes() == FILES[PRICES]:
            path.unlink()


def test_without_git_and_versions_the_digests_of_the_files_tell_who_has_changed_them(parent, xchange):
    assert xchange("fork", "orders", "bolt", cwd=parent).code == 0
    put(parent, "bolt", **{SETUP: b"# Mine\n", "docs/old.md": b"# Mine\n", "attachments/form.pdf": None})
    put(parent, "orders", **{PRICES: b"theirs\n", SETUP: b"# Theirs\n", "docs/new.md": b"# New\n"})
    status = told(xchange("upstream", "status", "--output", "json", cwd=parent))
    assert (status["unknownFiles"], status["behindFiles"]) == (
        None,
        [
            {"name": PRICES, "what": "changed"},
            {"name": "docs/new.md", "what": "added"},
            {"name": SETUP, "what": "changed"},
        ],
    )
    assert xchange("upstream", "pull", cwd=parent).code == 6
    assert beside(parent) == {
        PRICES: b"theirs\n",
        SETUP: b"# Mine\n",
        "docs/old.md": b"# Mine\n",
        "docs/new.md": b"# New\n",
        f"fork.upstream/{SETUP}": b"# Theirs\n",
    }
    assert xchange("upstream", "resolve", SETUP, "ours", cwd=parent).code == 0
    assert xchange("upstream", "pull", cwd=parent).out == "bolt has all of orders; nothing was changed\n"


def test_what_the_fork_alone_has_changed_is_ahead_where_the_files_as_they_were_are_lost(fork, xchange):
    damage(fork)
    put(fork, "bolt", **{PRICES: b"mine\n", "docs/old.md": None})
    status = told(xchange("upstream", "status", "--output", "json", cwd=fork))
    assert (status["behindFiles"], status["aheadFiles"]) == (
        [],
        [{"name": PRICES, "what": "changed"}, {"name": "docs/old.md", "what": "removed"}],
    )


def test_what_the_parent_has_removed_and_the_fork_has_changed_stays_where_it_is_lost_as_it_was(fork, xchange):
    put(fork, "bolt", **{PRICES: b"mine\n"})
    new_version(fork, **{PRICES: None})
    damage(fork)
    ran = xchange("upstream", "pull", "--output", "json", cwd=fork)
    assert (ran.code, beside(fork)[PRICES], told(ran)["changedFiles"]) == (
        0,
        b"mine\n",
        [{"name": PRICES, "what": "kept"}],
    )


def test_where_the_version_is_damaged_what_the_fork_has_left_alone_follows_its_parent(fork, xchange):
    new_version(fork, DELAY, **{PRICES: b"theirs\n"})
    damage(fork)
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, DELAY[1] in text_of(fork, BOLT)) == (0, True)
    assert beside(fork) == {**FILES, PRICES: b"theirs\n"}


@needs_git
def test_files_that_no_commit_had_when_they_were_forked_are_no_change_of_the_fork(copy, xchange):
    shutil.rmtree(copy / HERE)
    put(copy, "orders", **{PRICES: b"not committed\n"})
    assert xchange("fork", "orders", "bolt", cwd=copy).code == 0
    put(copy, "orders", **{PRICES: b"theirs\n"})
    commit(copy)
    ran = xchange("upstream", "pull", cwd=copy)
    assert (ran.code, beside(copy)[PRICES]) == (0, b"theirs\n")


def test_where_nobody_knows_what_was_forked_all_that_the_parent_has_otherwise_waits(parent, xchange):
    assert xchange("fork", "orders", "bolt", cwd=parent).code == 0
    without_digests(parent)
    put(parent, "orders", **{PRICES: b"theirs\n", "docs/new.md": b"# New\n"})
    put(parent, "bolt", **{"docs/own.md": b"# Own\n"})
    why = "nobody can tell who has changed these files: no commit has orders as it was\n"
    status = xchange("upstream", "status", cwd=parent)
    assert (status.code, f"{why}  {PRICES}\n  docs/new.md\n  docs/own.md\n" in status.out) == (0, True)
    data = xchange("upstream", "status", "--output", "json", cwd=parent)
    assert (faults(data.out, "upstream"), told(data)["behindFiles"]) == ([], None)
    assert told(data)["unknownFiles"] == {
        "why": "no commit has orders as it was",
        "names": [PRICES, "docs/new.md", "docs/own.md"],
    }
    ran = xchange("upstream", "pull", cwd=parent)
    assert (ran.code, why in ran.out) == (6, True)
    assert beside(parent) == {
        **FILES,
        "docs/own.md": b"# Own\n",
        f"fork.upstream/{PRICES}": b"theirs\n",
        "fork.upstream/docs/new.md": b"# New\n",
    }
    assert xchange("upstream", "resolve", "--all", "theirs", cwd=parent).code == 0
    assert beside(parent) == {
        **FILES,
        PRICES: b"theirs\n",
        "docs/new.md": b"# New\n",
        "docs/own.md": b"# Own\n",
    }
    assert xchange("upstream", "pull", cwd=parent).out == "bolt has all of orders; nothing was changed\n"


def test_what_waits_is_a_merge_that_validate_reports(conflicts, xchange):
    ran = xchange("validate", "bolt", cwd=conflicts)
    assert ran.code == 1
    assert ran.out.count("error merge-conflict: nobody has chosen yet between the fork's version") == 3
    first, second, third = (
        one
        for one in json.loads(xchange("validate", "bolt", "--output", "json", cwd=conflicts).out)["findings"]
        if one["rule"] == "merge-conflict"
    )
    assert (first["file"], [one["file"] for one in first["related"]], first["hint"]) == (
        f"{HERE}/{PRICES}",
        [f"{HERE}/fork.upstream/{PRICES}"],
        f"`xchange upstream resolve {PRICES} ours|theirs bolt` settles it.",
    )
    assert {second["file"], third["file"]} == {
        f"{HERE}/{SETUP}",
        f"{HERE}/fork.upstream/attachments/form.pdf",
    }


def test_what_waits_is_reported_though_the_integration_was_checked_before(fork, xchange):
    in_git(fork)
    for _ in range(2):
        assert xchange("validate", "bolt", cwd=fork).code == 0
    put(fork, "bolt", **{f"fork.upstream/{PRICES}": b"theirs\n"})
    assert xchange("validate", "bolt", cwd=fork).code == 1
    assert xchange("validate", "--since", "HEAD", cwd=fork).code == 1
    assert xchange("upstream", "resolve", PRICES, "ours", "bolt", cwd=fork).code == 0
    assert xchange("validate", "bolt", cwd=fork).code == 0


def test_nothing_is_published_while_files_wait(conflicts, xchange):
    ran = xchange("publish", "bolt", "--note", "x", "--allow-dirty", cwd=conflicts)
    assert (ran.code, ran.out) == (6, "")
    assert "an earlier pull is not finished: somebody has to choose a version of" in " ".join(ran.err.split())
    assert not (conflicts / "registry/integrations/bolt").exists()
    assert xchange("upstream", "resolve", "--all", "ours", cwd=conflicts).code == 0
    assert xchange("publish", "bolt", "--note", "x", "--allow-dirty", cwd=conflicts).code == 0


def test_hidden_files_of_file_managers_do_not_wait(conflicts, xchange):
    put(conflicts, "bolt", **{"fork.upstream/attachments/.DS_Store": b"x"})
    assert xchange("upstream", "resolve", "--all", "theirs", cwd=conflicts).code == 0
    assert xchange("upstream", "pull", cwd=conflicts).out == NOTHING


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_no_link_lets_a_pull_write_elsewhere(fork, xchange, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "prices.csv"
    outside.write_bytes(FILES[PRICES])
    (fork / HERE / PRICES).unlink()
    (fork / HERE / PRICES).symlink_to(outside)
    new_version(fork, DELAY, **{PRICES: b"theirs\n"})
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.out, outside.read_bytes()) == (3, "", FILES[PRICES])
    assert ran.err.startswith(
        f"error: {HERE}/{PRICES} is a link that leads out of the integration's folder\n"
    )
    assert DELAY[0] in text_of(fork, BOLT)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
@pytest.mark.parametrize("link", ["fork.upstream", "fork.upstream/attachments", f"fork.upstream/{PRICES}"])
def test_no_file_waits_where_a_link_leads(link, fork, xchange, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    put(fork, "bolt", **{PRICES: b"mine\n"})
    new_version(fork, DELAY, **{PRICES: b"theirs\n"})
    place = fork / HERE / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside / "new.csv" if link.endswith("csv") else outside)
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.out, list(outside.iterdir())) == (3, "", [])
    assert ran.err.startswith(f"error: {HERE}/{link} is a link, so no file can wait there\n")
    assert DELAY[0] in text_of(fork, BOLT)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_no_link_of_the_parent_brings_what_is_elsewhere(copy, xchange, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "all.csv"
    outside.write_bytes(b"all\n")
    (copy / THERE / "attachments/all.csv").symlink_to(outside)
    ran = xchange("upstream", "pull", cwd=copy)
    assert (ran.code, ran.out) == (3, "")
    assert "is a link that leads out of the integration's folder" in ran.err


def test_a_folder_in_the_place_of_a_file_stops_the_pull(fork, xchange):
    put(fork, "bolt", **{"docs/new.md/page.md": b"# Page\n"})
    new_version(fork, DELAY, **{"docs/new.md": b"# New\n"})
    ran = xchange("upstream", "pull", cwd=fork)
    assert (ran.code, ran.out, DELAY[0] in text_of(fork, BOLT)) == (3, "", True)
    assert f"{HERE}/docs/new.md" in ran.err


def test_names_of_all_kinds_are_pulled(fork, xchange):
    name = f"attachments/{'ä 🚀' * 20}/it's $HOME.csv"
    new_version(fork, **{name: b"1\n"})
    assert xchange("upstream", "pull", cwd=fork).code == 0
    assert beside(fork)[name] == b"1\n"


def test_a_file_that_no_pull_has_put_there_is_never_settled(conflicts, xchange):
    put(conflicts, "bolt", **{"fork.upstream/integration.yml": b"name: evil\n"})
    assert xchange("upstream", "resolve", "--all", "theirs", cwd=conflicts).code == 0
    assert "evil" not in text_of(conflicts, BOLT)
    assert os.listdir(conflicts / HERE / "fork.upstream") == ["integration.yml"]  # noqa: PTH208
