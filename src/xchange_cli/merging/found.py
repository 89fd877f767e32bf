"""Where two sides are in each other's way."""

from collections.abc import Mapping
from typing import NamedTuple

from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.merging.knot import Knot
from xchange_cli.source import Span


class Conflict(NamedTuple):
    """`path` is made of names and keys; `flow` and `step` are the names that it is shown under, empty where it is in none.

    `what` is a sentence without names of files. `ours` and `theirs` are the places in the files given, None where that
    side is without it. `line` is the one of its mark `<<<<<<<` in the merged text, 1-based.
    """

    path: tuple[str, ...]
    flow: str
    step: str
    what: str
    ours: Span | None
    theirs: Span | None
    line: int = 0


_LISTS = {
    PartKind.CONFIG_VAR: "requiredConfigVars",
    PartKind.PAGE: "configPages",
    PartKind.ELEMENT: "elements",
    PartKind.FLOW: "flows",
    PartKind.STEP: "steps",
    PartKind.BRANCH: "branches",
}


class Conflicts:
    """Collects conflicts; the number of each is its position. `names` are what parts are called if not by their names."""

    def __init__(self, names: Mapping[Part, str]) -> None:
        self.all: list[Conflict] = []
        self._names = names

    def add(
        self, knot: Knot, address: tuple[str, ...], what: str, spans: tuple[Span | None, Span | None]
    ) -> int:
        flow, step = (self._name(knot.part.within(kind)) for kind in (PartKind.FLOW, PartKind.STEP))
        self.all.append(Conflict((*self._path(knot.part), *address), flow, step, what, *spans))
        return len(self.all) - 1

    def _name(self, part: Part | None) -> str:
        return "" if part is None else self._names.get(part, part.name)

    def _path(self, part: Part) -> tuple[str, ...]:
        """Give the names that lead to a part, with the keys of the lists; of steps only their flow."""
        path: list[str] = []
        for one in (part, *part.above()):
            if one.kind in _LISTS and (one is part or one.kind not in {PartKind.STEP, PartKind.BRANCH}):
                path[:0] = (_LISTS[one.kind], self._name(one))
        return tuple(path)
