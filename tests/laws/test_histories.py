"""Merging what two branches have changed, beside git; `python scripts/histories.py` tries thousands."""

import subprocess

import pytest

from change_ways.correct import correct_files
from change_ways.histories import History, Outcome, histories, merged_by_parts, outcome
from change_ways.recorded import merges, outcome_of, versions
from change_ways.text import plain
from change_ways.trial import Bench, read
from change_ways.way import ways
from conftest import REPOSITORY
from repositories import ADA, alone, git
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog

CATALOG = Catalog.load()
FILES = [file for file in correct_files(0) if len(plain(file.data)) < 12_000]
COUNT = 30
FILE = "integrations/one/integration.yml"


@pytest.fixture(scope="module")
def made():
    return list(histories(Bench(FILES, CATALOG), ways(), COUNT))


@pytest.fixture(scope="module")
def outcomes(made):
    return [(history, outcome(history, CATALOG)) for history in made]


def test_a_merge_by_parts_gives_what_both_branches_meant(outcomes):
    assert [history.name for history, found in outcomes if found is Outcome.WRONG] == []


def test_a_merge_by_parts_gives_what_git_gives_where_git_merges_by_itself(outcomes):
    """Two that have nothing to do with each other are merged by both alike, but for what git gets wrong."""
    sure = [(history.name, found) for history, found in outcomes if history.is_sure]
    assert len([name for name, found in sure if found is Outcome.SAME]) >= COUNT / 2
    assert [name for name, found in sure if found in {Outcome.CAUTIOUS, Outcome.OTHER}] == []


def test_both_branches_of_a_history_are_compared_with_where_they_come_from(made):
    for history in made:
        for side in (history.ours, history.theirs):
            assert compare(Side("a", read(history.base)), Side("b", read(side)), CATALOG).changes, (
                history.name
            )


@pytest.fixture
def repository(tmp_path, made, monkeypatch):
    """A repository with a merge commit for each history that git merges by itself."""
    alone(monkeypatch)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for number, history in enumerate(made[:6]):
        _committed(tmp_path, history.base, f"base {number}")
        git(tmp_path, "switch", "--quiet", "--create", f"theirs-{number}")
        _committed(tmp_path, history.theirs, "theirs")
        git(tmp_path, "switch", "--quiet", "main")
        _committed(tmp_path, history.ours, "ours")
        _merged(tmp_path, f"theirs-{number}")
    return tmp_path


def _committed(folder, text, message):
    path = folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    git(folder, "add", FILE)
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def _merged(folder, branch):
    ran = subprocess.run(
        ["git", *ADA, "merge", "--quiet", "--no-edit", branch], cwd=folder, capture_output=True, check=False
    )
    if ran.returncode:
        git(folder, "merge", "--abort")


def test_recorded_merges_are_those_of_the_merge_by_parts(repository):
    found = [outcome_of(history, recorded, CATALOG) for history, recorded in merges(repository)]
    assert len(found) >= 3
    assert set(found) == {Outcome.SAME}


def test_what_the_commits_of_this_repository_have_changed_can_be_compared():
    """The files of the examples and of the tests, with their commits, where they are there."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this is no clone with a history")
    for version in list(versions(REPOSITORY))[:40]:
        old, new = (Side(version.path, read(text)) for text in (version.before, version.after))
        for sides in ((old, new), (new, old)):
            assert all(change.fingerprint for change in compare(*sides, CATALOG).changes)
        assert compare(old, old, CATALOG).changes == ()


def test_a_step_that_git_would_change_by_mistake_is_left_alone():
    """Where parts have moved, lines that look alike mislead a merge by lines."""
    step = "      - {{name: {}, action: {{key: writeLog, component: {{key: log, isPublic: true}}}}, inputs: {{message: {{type: value, value: {}}}}}}}\n"
    head = "definitionVersion: 7\nname: A\ndescription: ''\nflows:\n  - name: F\n    steps:\n"
    one, two, three = (step.format(name, "same") for name in ("One", "Two", "Three"))
    theirs = head + three + one + two
    ours = head + one + two + step.format("Three", "other")
    found = merged_by_parts(History("moved and changed", head + one + two + three, ours, theirs), CATALOG)
    assert found.text == head + step.format("Three", "other") + one + two
