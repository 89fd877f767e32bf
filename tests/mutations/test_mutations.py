"""What `validate` finds in files that were broken on purpose; `python scripts/faults.py` prints the whole table."""

from pathlib import Path

import pytest

from conftest import REPOSITORY
from mutations.changes import replace
from mutations.correct import broken
from mutations.harness import Verdict, Workbench, correct_files, expected_lines, mutations
from mutations.known_misses import KNOWN_MISSES
from mutations.page import misses
from mutations.tally import Tally, tally, total
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.edit import apply
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

ALL = mutations()
CAUGHT = [mutation for mutation in ALL if mutation.name not in KNOWN_MISSES]
MISSED = [mutation for mutation in ALL if mutation.name in KNOWN_MISSES]
CATALOG = Catalog.load()
FILES = correct_files(CATALOG)


def name_of(one):
    return one.name.replace(" ", "-")


@pytest.fixture(scope="module")
def bench():
    return Workbench(FILES, CATALOG)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.source.name)
def test_nothing_is_found_in_a_correct_file(file):
    assert validate(file.source, CATALOG).diagnostics == ()


@pytest.mark.parametrize("mutation", CAUGHT, ids=name_of)
def test_a_mistake_is_caught_at_the_right_place(bench, mutation):
    trials = bench.trials(mutation, sites=1)
    assert trials, "no file can be broken in this way"
    assert [str(trial) for trial in trials if trial.verdict is not Verdict.CAUGHT] == []


@pytest.mark.parametrize("mutation", MISSED, ids=name_of)
def test_a_known_miss_is_still_one(bench, mutation):
    assert tally(bench.trials(mutation, sites=3)).caught_mutations == 0, "take it off the list"


def test_at_least_95_of_100_ways_to_break_a_file_are_caught():
    assert {mutation.name for mutation in MISSED} == set(KNOWN_MISSES)
    assert len(ALL) >= 80
    assert len(CAUGHT) / len(ALL) >= 0.95


def test_each_way_has_a_name_of_its_own_and_says_why_it_is_wrong():
    assert len({mutation.name for mutation in ALL}) == len(ALL)
    assert [mutation.name for mutation in ALL if not mutation.why.endswith(".")] == []


def test_the_page_tells_the_ways_and_the_misses_of_today():
    text = (REPOSITORY / "docs" / "fault-detection.md").read_text(encoding="utf-8")
    caught, ways = len(CAUGHT), len(ALL)
    assert f"| ways to break a file | {caught} of {ways} ({caught / ways:.1%}) |" in text, (
        "run `python scripts/faults.py --write`"
    )
    assert text.endswith(f"## What is missed\n\n{misses()}\n")


def test_a_finding_elsewhere_does_not_count_as_caught(bench):
    """The last line of a correct file is not where a misspelt step key is found."""
    file = FILES[0]
    reference = next(iter(file.references()))[1]
    end = file.source.span(len(file.text) - 1, len(file.text))
    mistake = ALL[0]._replace(
        mistake=lambda one: iter(
            [broken(replace(reference.span(0, 0), "nobody"), at=(end,))] if one is file else []
        )
    )
    assert [trial.verdict for trial in bench.trials(mistake, sites=1)] == [Verdict.ELSEWHERE]


def test_a_change_that_breaks_nothing_is_missed(bench):
    file = FILES[0]
    mistake = ALL[0]._replace(
        mistake=lambda one: iter(
            [broken(replace(one.root.entries["description"].value, "Other"))] if one is file else []
        )
    )
    assert [trial.verdict for trial in bench.trials(mistake, sites=1)] == [Verdict.MISSED]


def test_places_are_followed_through_edits_before_them():
    source = Source("a.yml", "a: 1\nb: 2\nc: 3\n")
    first, last = source.span(0, 5), source.span(10, 14)
    breakage = broken(replace(first, "a: 1\nx: 1\ny: 1\n"), at=(last,))
    assert apply(source, breakage.edits) == "a: 1\nx: 1\ny: 1\nb: 2\nc: 3\n"
    assert expected_lines(breakage, Source("a.yml", apply(source, breakage.edits))) == {5}


def test_tallies_add_up():
    tallies = [Tally(1, 1, 3, 3, 0), Tally(1, 0, 4, 2, 1)]
    assert total(tallies) == Tally(2, 1, 7, 5, 1)
    assert total(tallies).missed == 1


def test_a_file_of_ones_own_is_read_with_its_short_name(tmp_path):
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "one.yml").write_text(FILES[0].text, encoding="utf-8")
    assert correct_files(CATALOG, Path(folder))[-1].source.name == "one.yml"
