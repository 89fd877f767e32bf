"""Two branches of one file, merged by git and by parts."""

import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from change_ways.correct import Correct
from change_ways.file import Data, File
from change_ways.text import plain
from change_ways.trial import Bench, Chosen, are_apart, read, sites_of
from change_ways.way import Way
from xchange_cli.changes.comparison.comparison import compare_parts
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.merging.merge import merge
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate


class Outcome(StrEnum):
    """What the two merges make of a history, in the words of the page."""

    SAME = "git merged cleanly, with the same result"
    GIT_WRONG = (
        "git merged cleanly, but not what both meant, or into a wrong file; the merge by parts is right"
    )
    CAUTIOUS = "git merged cleanly, the merge by parts asks"
    OTHER = "git merged cleanly, with another result"
    WRONG = "the merge by parts has lost something"
    MORE = "git asks, the merge by parts does not"
    BOTH = "both ask"


class History(NamedTuple):
    """The texts of a file and of its two branches.

    `meant` is what both have done, where it is the same in either order; `is_sure` tells that they did it at different
    places, so that nothing else can have been meant.
    """

    name: str
    base: str
    ours: str
    theirs: str
    meant: str | None = None
    is_sure: bool = False


class Merged(NamedTuple):
    """`text` is None where there are conflicts."""

    text: str | None


def histories(bench: Bench, ways: Sequence[Way], count: int, seed: str = "histories") -> Iterator[History]:
    """Yield so many files with one to three changes on each branch, always the same ones."""
    dice = random.Random(seed)
    usable = [way for way in ways if way.is_change]
    made = 0
    while made < count:
        file = dice.choice(bench.files)
        fitting = [way for way in usable if bench.sites(way, file)]
        branches = [
            [
                Chosen(way, dice.randrange(bench.sites(way, file)))
                for way in dice.sample(fitting, dice.randint(1, 3))
            ]
            for _ in range(2)
        ]
        history = _history(file, *branches)
        if history is not None:
            made += 1
            yield history


def _history(file: Correct, ours: list[Chosen], theirs: list[Chosen]) -> History | None:
    sides = [_changed(file, side) for side in (ours, theirs)]
    if sides[0] is None or sides[1] is None or not all(_is_possible(file, side) for side in (ours, theirs)):
        return None
    name = f"{file.name}: {' + '.join(one.way.name for one in ours)} | {' + '.join(one.way.name for one in theirs)}"
    meant = _meant(file, ours, theirs)
    both = None if meant is None else plain(meant)
    is_sure = meant is not None and _is_possible(file, [*ours, *theirs])
    return History(name, plain(file.data), plain(sides[0]), plain(sides[1]), both, is_sure)


def _meant(file: Correct, ours: list[Chosen], theirs: list[Chosen]) -> Data | None:
    """Give what both branches have done; None where they did the same, or the order makes a difference.

    It does where one puts a step at a place that is counted, and the other removes one before it.
    """
    orders = [_changed(file, [*first, *second]) for first, second in ((ours, theirs), (theirs, ours))]
    is_known = orders[0] == orders[1] and not any(one in theirs for one in ours)
    return orders[0] if is_known else None


def _is_possible(file: Correct, chosen: Sequence[Chosen]) -> bool:
    """Tell whether one person can have made all changes, each at a place of its own."""
    sites = sites_of(File(file.name, file.data), chosen)
    return are_apart(sites) and not any(site.backwards for site in sites)


def _changed(file: Correct, chosen: Sequence[Chosen]) -> Data | None:
    """Give a file that is changed at all places, one after the other; None where that cannot be done, or not in a text."""
    changed = File(file.name, file.data)
    try:
        for site in sites_of(changed, chosen):
            site.make()
    except (KeyError, StopIteration):
        return None
    return changed.data if changed.is_there and changed.move is None else None


def outcome(history: History, catalog: Catalog) -> Outcome:
    """Merge a history both ways, and judge by what was meant."""
    by_git, by_parts = merged_by_git(history).text, merged_by_parts(history, catalog).text
    meant = history.meant
    is_meant = by_parts is not None and meant is not None and is_same(by_parts, meant, catalog)
    if by_parts is not None and history.is_sure and not is_meant:
        return Outcome.WRONG
    if by_git is None:
        return Outcome.BOTH if by_parts is None else Outcome.MORE
    if by_parts is None:
        return Outcome.CAUTIOUS
    if is_same(by_git, by_parts, catalog):
        return Outcome.SAME
    is_broken = errors(by_git, catalog) > errors(by_parts, catalog)
    return Outcome.GIT_WRONG if is_meant or is_broken else Outcome.OTHER


def errors(text: str, catalog: Catalog) -> int:
    found = validate(Source("integration.yml", text), catalog).diagnostics
    return sum(one.severity is Severity.ERROR for one in found)


def is_same(one: str, other: str, catalog: Catalog) -> bool:
    """Tell whether two texts mean the same."""
    return not compare_parts(read(one), read(other), catalog).deltas


def merged_by_parts(history: History, catalog: Catalog) -> Merged:
    texts = (history.base, history.ours, history.theirs)
    found = merge(
        *(Source(name, text) for name, text in zip(("base", "ours", "theirs"), texts, strict=True)), catalog
    )
    return Merged(None if found.conflicts else found.text)


def merged_by_git(history: History) -> Merged:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side in ("ours", "base", "theirs"):
            folder.joinpath(side).write_text(getattr(history, side), encoding="utf-8", newline="")
        command = ["git", "merge-file", "-p", "--quiet", "ours", "base", "theirs"]
        ran = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return Merged(None if ran.returncode else ran.stdout.decode("utf-8"))
