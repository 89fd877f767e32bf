"""One part in three files."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.document.node import Sequence
from xchange_cli.document.wanted import Side
from xchange_cli.model.integration import ConfigVar, Step

Person = Literal["ours", "theirs"]
PERSONS: tuple[Person, ...] = ("ours", "theirs")

WITHOUT_ORDER = frozenset(["requiredConfigVars", "flows"])
"""Lists of parts that stand in no order that matters."""


def other(person: Person) -> Person:
    return "theirs" if person == "ours" else "ours"


class Knot:
    """A part as the base, ours and theirs have it; None where a file is without it."""

    __slots__ = ("base", "ours", "theirs")

    def __init__(self, base: Part | None, ours: Part | None, theirs: Part | None) -> None:
        self.base = base
        self.ours = ours
        self.theirs = theirs

    def of(self, side: Side) -> Part | None:
        match side:
            case "ours":
                return self.ours
            case "base":
                return self.base
            case "theirs":
                return self.theirs

    @property
    def part(self) -> Part:
        part = self.ours or self.theirs or self.base
        assert part is not None
        return part

    @property
    def is_in_all(self) -> bool:
        return None not in {self.base, self.ours, self.theirs}


class Place(NamedTuple):
    """Where a part stands: in which part, under which key."""

    around: Knot
    key: str


class Knots:
    """All parts of three files. `of` leads from each part to its knot, in the order of ours, then theirs, then the base."""

    def __init__(self, base: Part, ours: Part, theirs: Part, pairs: dict[Person, dict[Part, Part]]) -> None:
        self.of: dict[Part, Knot] = {}
        was = {person: {now: old for old, now in found.items()} for person, found in pairs.items()}
        for part in ours.walk():
            old = was["ours"].get(part)
            self._tie(Knot(old, part, pairs["theirs"].get(old) if old is not None else None))
        for part in theirs.walk():
            if part not in self.of:
                old = was["theirs"].get(part)
                self._tie(Knot(old, None, part)) if old is not None else self._added(part)
        for part in base.walk():
            if part not in self.of:
                self._tie(Knot(part, None, None))
        self.root = self.of[ours]
        self._places = {part: found for side in (base, ours, theirs) for part, found in _places(side)}

    def __iter__(self) -> Iterator[Knot]:
        return iter(dict.fromkeys(self.of.values()))

    def place(self, knot: Knot, side: Side) -> Place | None:
        """Tell where a part stands on a side; None where the side is without it, and for the integration itself."""
        part = knot.of(side)
        if part is None or part.parent is None:
            return None
        return Place(self.of[part.parent], self._places[part][0])

    def home(self, part: Part) -> tuple[Sequence, int]:
        """Give the list that a part stands in, and its position there."""
        _, sequence, index = self._places[part]
        return sequence, index

    def children(self, knot: Knot, key: str, side: Side) -> list[Knot]:
        part = knot.of(side)
        return [] if part is None else [self.of[child] for child in part.children.get(key, ())]

    def _tie(self, knot: Knot) -> None:
        for part in (knot.base, knot.ours, knot.theirs):
            if part is not None:
                self.of[part] = knot

    def _added(self, part: Part) -> None:
        """Bring a part that theirs has added together with the same one of ours, if there is one."""
        assert part.parent is not None
        around = self.of[part.parent].ours
        for siblings in around.children.values() if around is not None else ():
            for sibling in siblings:
                knot = self.of[sibling]
                if knot.base is None and knot.theirs is None and _is_like(sibling, part):
                    knot.theirs = part
                    self.of[part] = knot
                    return
        self._tie(Knot(None, None, part))


def _is_like(one: Part, other: Part) -> bool:
    """Tell whether two new parts are the same thing: of one name, and of one action or type."""
    if one.kind is not other.kind or one.name != other.name:
        return False
    match one.facts, other.facts:
        case Step(), Step():
            return _action(one.facts) == _action(other.facts)
        case ConfigVar(), ConfigVar():
            return one.facts.data_type == other.facts.data_type
    return bool(one.name) if one.kind is not PartKind.ELEMENT else one.node.data == other.node.data


def _action(step: Step) -> tuple[str, str] | None:
    return None if step.action is None else (step.action.component, step.action.key)


def _places(root: Part) -> Iterator[tuple[Part, tuple[str, Sequence, int]]]:
    for part in root.walk():
        for key, children in part.children.items():
            sequence = part.node.get(key)
            assert isinstance(sequence, Sequence)
            positions = {id(item): number for number, item in enumerate(sequence.items)}
            for child in children:
                yield child, (key, sequence, positions[id(child.node)])
