"""Changing correct files in all ways, and comparing what is reported with what has to be."""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from change_ways.correct import Correct
from change_ways.file import File, Path
from change_ways.text import Write, plain
from change_ways.way import Reported, Site, Way
from xchange_cli.changes.change import Change
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.source import Source


class Trial(NamedTuple):
    """What became of one file that was changed in one way, or in two at different places.

    `missing` had to be reported and was not; `unexpected` was reported, and nothing of the kind has happened.
    """

    what: str
    file: str
    missing: tuple[Reported, ...]
    unexpected: tuple[Reported, ...]

    @property
    def is_right(self) -> bool:
        return not self.missing and not self.unexpected

    def __str__(self) -> str:
        sides = (("missing", self.missing), ("unexpected", self.unexpected))
        told = "; ".join(f"{word}: {', '.join(map(_words, some))}" for word, some in sides if some)
        return f"{self.file}: {self.what}: {told or 'right'}"


class Chosen(NamedTuple):
    """A place of a file: the way, and the number of the site among those that it has there."""

    way: Way
    number: int


class Bench:
    """Correct files, each read once."""

    def __init__(self, files: Sequence[Correct], catalog: Catalog) -> None:
        self.files = files
        self._catalog = catalog
        self._whole = {file.name: read(plain(file.data)) for file in files}
        self._unchanged = {file.name: File(file.name, file.data) for file in files}
        self._sites: dict[tuple[Way, str], tuple[Site, ...]] = {}

    def sites(self, way: Way, file: Correct) -> int:
        """Count the places of a file where a way applies."""
        return len(self._found(way, file))

    def reports(self, way: Way) -> set[Reported]:
        """Give all that a way may have to be reported as, in whatever file."""
        return {report for file in self.files for site in self._found(way, file) for report in site.reports}

    def _found(self, way: Way, file: Correct) -> tuple[Site, ...]:
        key = (way, file.name)
        if key not in self._sites:
            self._sites[key] = tuple(way.find(self._unchanged[file.name]))
        return self._sites[key]

    def somewhere(self, way: Way, at_most: int) -> Iterator[tuple[Correct, Chosen]]:
        """Yield so many places at most, in different files where there are enough, always the same ones."""
        dice = random.Random(f"{way.family}/{way.name}")
        having = [file for file in self.files if self.sites(way, file)]
        chosen = dice.sample(having, min(at_most, len(having)))
        yield from ((file, Chosen(way, dice.randrange(self.sites(way, file)))) for file in chosen)

    def pairs(self, ways: Sequence[Way], count: int) -> Iterator[tuple[Correct, tuple[Chosen, Chosen]]]:
        """Yield so many pairs of ways at places of one file, always the same ones."""
        dice = random.Random("pairs")
        for _ in range(count):
            file = dice.choice(self.files)
            fitting = [way for way in ways if self.sites(way, file)]
            first, second = (
                Chosen(way, dice.randrange(self.sites(way, file))) for way in dice.sample(fitting, 2)
            )
            yield file, (first, second)

    def nested(self, outer: Way, inner: Way) -> Iterator[tuple[Correct, tuple[Chosen, Chosen]]]:
        """Yield where a way changes something below what another one touches, one place a file at most."""
        for file in self.files:
            places = itertools.product(
                enumerate(self._found(outer, file)), enumerate(self._found(inner, file))
            )
            for (number, around), (other, within) in places:
                if _is_below(within.touches[0], around.touches[0]):
                    yield file, (Chosen(outer, number), Chosen(inner, other))
                    break

    def trial(self, file: Correct, chosen: Sequence[Chosen], write: Write = plain) -> Trial | None:
        """Change a file at all chosen places at once; None where they are in each other's way."""
        is_apart = are_apart(sites_of(File(file.name, file.data), chosen))
        return self.tried(file, chosen, write) if is_apart else None

    def tried(self, file: Correct, chosen: Sequence[Chosen], write: Write = plain) -> Trial:
        changed = File(file.name, file.data)
        sites = sites_of(changed, chosen)
        for site in sites:
            site.make()
        expected = Counter(report for site in sites for report in site.reports)
        before, after = self._whole[file.name], self._after(changed, write)
        if sites[0].backwards:
            before, after = after, before
        sides = _side("old", before), _side("new", after)
        found = compare(*sides, self._catalog, file.name, changed.move).changes
        what = " + ".join(one.way.name for one in chosen)
        return judged(f"{what} #{chosen[0].number}", file.name, expected, found)

    def _after(self, changed: File, write: Write) -> Integration | None:
        return read(write(changed.data)) if changed.is_there else None


def judged(what: str, file: str, expected: Mapping[Reported, int], found: Iterable[Change]) -> Trial:
    """Pair what had to be reported with what was: the same kind and grade, about a part of that name."""
    left = list(found)
    missing: list[Reported] = []
    for report in Counter(expected).elements():
        fitting = next((change for change in left if _fits(report, change)), None)
        if fitting is None:
            missing.append(report)
        else:
            left.remove(fitting)
    return Trial(what, file, tuple(missing), reported(left))


def reported(changes: Iterable[Change]) -> tuple[Reported, ...]:
    return tuple(Reported(change.kind, change.grade, "/".join(change.path)) for change in changes)


def _fits(report: Reported, change: Change) -> bool:
    """A part that has another name is found by its old one, which is the end of the new one."""
    is_about_it = any(name.endswith(report.name) for name in change.path) or not report.name
    return (report.kind, report.grade) == (change.kind, change.grade) and is_about_it


def read(text: str) -> Integration:
    integration = build(parse(Source("integration.yml", text)).root)
    assert integration is not None
    return integration


def sites_of(file: File, chosen: Sequence[Chosen]) -> list[Site]:
    """Give the chosen places of a file; names are changed last, so that what others write follows."""
    in_order = sorted(chosen, key=lambda one: one.way.name.startswith("rename"))
    return [_nth(one.way.find(file), one.number) for one in in_order]


def are_apart(sites: Sequence[Site]) -> bool:
    """Tell whether no site touches what another one does; one that is backwards stands alone."""
    if len(sites) > 1 and any(site.backwards for site in sites):
        return False
    pairs = itertools.combinations(sites, 2)
    return not any(
        _overlap(one, other) for first, second in pairs for one in first.touches for other in second.touches
    )


def _is_below(one: Path, other: Path) -> bool:
    return len(one) > len(other) and one[: len(other)] == other


def _overlap(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _nth(sites: Iterable[Site], number: int) -> Site:
    return next(site for index, site in enumerate(sites) if index == number)


def _side(name: str, integration: Integration | None) -> Side | None:
    return None if integration is None else Side(name, integration)


def _words(report: Reported) -> str:
    about = f" of {report.name}" if report.name else ""
    return f"{report.kind} ({report.grade.word}){about}"
