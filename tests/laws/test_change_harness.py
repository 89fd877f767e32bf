"""What `diff` says of correct integrations that were changed on purpose; `python scripts/changes_found.py` tries more."""

import copy
import itertools
import re

import pytest

from change_ways.correct import correct_files
from change_ways.file import File
from change_ways.text import FORMATS, plain
from change_ways.trial import Bench, judged, read
from change_ways.way import BREAKING, RISKY, SAFE, Reported, ways
from conftest import REPOSITORY
from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.table import kinds
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
FILES = correct_files(6)
ALL = ways()
CHANGES = [way for way in ALL if way.is_change]
PAIRS = 160
PORTIONS = 8


def name_of(way):
    return f"{way.family}-{way.name}".replace(" ", "-")


@pytest.fixture(scope="module")
def bench():
    return Bench(FILES, CATALOG)


@pytest.fixture(scope="module")
def pairs(bench):
    return list(bench.pairs(CHANGES, PAIRS))


def wrong(trials):
    return [str(trial) for trial in trials if trial is not None and not trial.is_right]


@pytest.mark.parametrize("way", ALL, ids=name_of)
def test_what_a_way_changes_is_reported_with_its_kind_and_grade_and_nothing_else(bench, way):
    trials = [bench.trial(file, [chosen]) for file, chosen in bench.somewhere(way, at_most=1)]
    assert trials, "no file can be changed in this way"
    assert wrong(trials) == []


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_two_changes_at_different_places_are_both_reported_and_nothing_else(bench, pairs, portion):
    assert wrong(bench.trial(file, chosen) for file, chosen in pairs[portion::PORTIONS]) == []


@pytest.mark.parametrize(
    ("new_name", "change"),
    [
        ("rename a trigger", "add a branch"),
        ("rename a trigger", "swap two branches"),
        ("rename a trigger", "choose by another condition"),
        ("rename a trigger", "write something else"),
        ("rename a branch", "choose by something else"),
        ("rename a flow that is called", "rename a step"),
        ("rename a flow that is called", "put runs in a queue"),
        ("rename a flow that starts by itself", "start at other times"),
        ("rename a step", "try it again"),
    ],
)
def test_a_new_name_hides_nothing_that_changes_below_it(bench, new_name, change):
    first, second = (next(way for way in CHANGES if way.name == name) for name in (new_name, change))
    trials = [bench.tried(file, chosen) for file, chosen in itertools.islice(bench.nested(first, second), 4)]
    assert trials
    assert wrong(trials) == []


def test_a_branch_with_another_name_and_another_condition_is_told_with_both():
    """Nothing else than the branch tells what the condition belongs to."""
    file = next(file for file in FILES if file.name == "order-intake.yml")
    changed = File(file.name, file.data)
    step, branches = next(changed.branches())
    item = step.inputs["conditions"]["value"][0]
    item["name"] = branches[0].part["name"] = "Nothing Ordered"
    item["value"][0] = "and"
    old, new = (Side(name, read(plain(data))) for name, data in (("old", file.data), ("new", changed.data)))
    found = [(change.kind, change.grade) for change in compare(old, new, CATALOG).changes]
    assert sorted(found) == [("branch-renamed", SAFE), ("condition-changed", RISKY)]


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_another_format_is_no_change(write):
    for file in FILES[::4]:
        old, new = (
            Side(name, read(text)) for name, text in (("old", plain(file.data)), ("new", write(file.data)))
        )
        assert compare(old, new, CATALOG).changes == ()


def test_a_change_is_found_in_whatever_format_the_new_file_is(bench):
    formats = list(FORMATS.values())
    chosen = [(way, file, one) for way in CHANGES[::8] for file, one in bench.somewhere(way, at_most=1)]
    tried = (
        bench.trial(file, [one], formats[number % len(formats)])
        for number, (_, file, one) in enumerate(chosen)
    )
    assert wrong(tried) == []


def test_each_kind_of_change_is_made_in_some_way_in_each_of_its_grades(bench):
    made = {(report.kind, report.grade) for way in ALL for report in bench.reports(way)}
    assert made == {(kind.id, grade) for kind in kinds() for grade in kind.grades}


def test_there_are_at_least_80_ways_and_each_says_why_it_matters():
    assert len(CHANGES) >= 80
    assert len({name_of(way) for way in ALL}) == len(ALL)
    assert [way.name for way in ALL if not way.why.endswith(".")] == []


@pytest.mark.parametrize("file", [file for file in FILES if not file.is_real], ids=lambda file: file.name)
def test_the_files_are_correct(file):
    found = validate(Source(file.name, plain(file.data)), CATALOG).diagnostics
    assert [one.message for one in found if one.severity is Severity.ERROR] == []


def test_what_is_not_reported_is_missing_and_what_did_not_happen_is_unexpected():
    file = File(FILES[0].name, FILES[0].data)
    other = copy.deepcopy(file.data) | {"category": "Another one"}
    found = compare(Side("old", read(plain(file.data))), Side("new", read(plain(other))), CATALOG).changes
    right, wrong_grade = (Reported("category-changed", grade, "category") for grade in (SAFE, RISKY))
    another = Reported("endpoint-type-changed", BREAKING)
    assert judged("", "", {right: 1}, found).is_right
    assert judged("", "", {wrong_grade: 1}, found)[2:] == ((wrong_grade,), (right,))
    assert judged("", "", {right: 1, another: 1}, found)[2:] == ((another,), ())
    assert judged("", "", {right: 2}, found)[2:] == ((right,), ())
    assert judged("", "", {}, found)[2:] == ((), (right,))
    assert judged("", "", {right._replace(name="Elsewhere"): 1}, found).missing != ()


def test_the_page_tells_the_ways_and_kinds_of_today_and_that_nothing_is_missed():
    text = (REPOSITORY / "docs" / "change-detection.md").read_text(encoding="utf-8")
    tried = rf"\| one change \({len(CHANGES)} ways, all {len(kinds())} kinds in all their grades\) \| ([\d,]+) \| \1 \| 0 \| 0 \|"
    assert re.search(tried, text), "run `python scripts/changes_found.py --write`"
