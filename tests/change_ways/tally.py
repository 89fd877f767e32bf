"""What trials and histories add up to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from change_ways.histories import History, Outcome, outcome
from change_ways.text import FORMATS, plain
from change_ways.trial import Bench, Trial, read, reported
from change_ways.way import Way
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog


class Tally(NamedTuple):
    """`missed` counts what had to be reported and was not, `false` what was reported and has not happened."""

    trials: int = 0
    right: int = 0
    missed: int = 0
    false: int = 0


def tally(trials: Sequence[Trial]) -> Tally:
    return Tally(
        len(trials),
        sum(trial.is_right for trial in trials),
        sum(len(trial.missing) for trial in trials),
        sum(len(trial.unexpected) for trial in trials),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    columns = zip(*tallies, strict=True)
    return Tally(*(sum(column) for column in columns))


def of_ways(bench: Bench, ways: Sequence[Way], sites: int) -> Mapping[Way, list[Trial]]:
    """Try each way at no more than so many places, each in another file."""
    found: dict[Way, list[Trial]] = {}
    for way in ways:
        trials = (bench.trial(file, [chosen]) for file, chosen in bench.somewhere(way, sites))
        found[way] = [trial for trial in trials if trial is not None]
    return found


def of_pairs(bench: Bench, ways: Sequence[Way], count: int) -> list[Trial]:
    trials = (bench.trial(file, pair) for file, pair in bench.pairs(ways, count))
    return [trial for trial in trials if trial is not None]


def of_formats(bench: Bench, catalog: Catalog) -> list[Trial]:
    """Compare each file with itself in each format."""
    trials = []
    for file in bench.files:
        old = Side("old", read(plain(file.data)))
        for name, write in FORMATS.items():
            found = compare(old, Side("new", read(write(file.data))), catalog).changes
            trials.append(Trial(name, file.name, (), reported(found)))
    return trials


def of_histories(made: Iterable[History], catalog: Catalog) -> tuple[Counter[Outcome], list[str]]:
    """Count what becomes of histories, and name those in which something is wrong."""
    counts: Counter[Outcome] = Counter()
    wrong = []
    for history in made:
        found = outcome(history, catalog)
        counts[found] += 1
        if found in {Outcome.WRONG, Outcome.OTHER, Outcome.GIT_WRONG, Outcome.CAUTIOUS}:
            wrong.append(f"{found}: {history.name}")
    return counts, wrong
