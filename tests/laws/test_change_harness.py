"""What `diff` says of correct integrations that were changed on purpose; `python scripts/changes_found.py` tries more."""

import copy
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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
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
