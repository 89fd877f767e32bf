"""References against what is known of the values that they lead to."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from xchange_cli.diagnostics import Related
from xchange_cli.expression.ast import Reference
from xchange_cli.nearest import nearest
from xchange_cli.shapes.paths import Gap, is_index
from xchange_cli.shapes.shape import UNKNOWN, ListOf, ObjectOf, Shape, Simple, alternatives
from xchange_cli.source import Span
from xchange_cli.validation.certainty import is_slip
from xchange_cli.validation.facts import ReferenceUse, Sight, StepFacts

_SHORTEST_SLIP = 5
"""Letters of a word whose misspelling is told apart from another word that an example leaves out."""


class Fault(Enum):
    PAYLOAD = auto()  # the trigger payload, or its body, has no such key
    FIELD = auto()  # an object has no such field
    LIST = auto()  # a list used as an object, or an object as a list
    PART = auto()  # a value without parts used as an object or list


class Miss(NamedTuple):
    """A part of a reference that nothing has. `at` is its place in the path, `target` the step that is read."""

    fault: Fault
    use: ReferenceUse
    target: StepFacts
    gap: Gap

    @property
    def part(self) -> str:
        return self.gap.part

    @property
    def at(self) -> int:
        return self.gap.at

    @property
    def span(self) -> Span:
        return self.use.reference.span(self.at, self.at)

    @property
    def holder(self) -> str:
        """Name what was looked into: the part before, or for the item of a list, the list and the index."""
        return name_of(self.use.reference, self.at)

    @property
    def origins(self) -> str:
        """Name all who say so."""
        return origins(self.gap.within)

    @property
    def fields(self) -> list[str]:
        return list(dict.fromkeys(_fields(self.gap.within)))

    @property
    def suggestion(self) -> str | None:
        return nearest(self.part, self.fields)

    @property
    def related(self) -> tuple[Related, ...]:
        step = self.target.step
        return (Related(step.name_node.span, f"`{step.ref}` gives the value"),)


def end_of(use: ReferenceUse) -> Shape:
    """Say what a reference gives; UNKNOWN where it names no step that its own step may read."""
    return UNKNOWN if _target(use) is None else use.step.flow.shapes.follow(use.reference.path).end


def miss_of(use: ReferenceUse, *faults: Fault) -> Miss | None:
    """Find the first part of a reference that nothing has, if it is one of these faults.

    A field is not missed that a condition of the flow asks for, unless it cannot be there.
    """
    if len(use.reference.path) < 3:
        return None
    shapes = use.step.flow.shapes
    gap = shapes.follow(use.reference.path).gap
    if gap is None:
        return None
    fault = _fault(gap)
    target = _target(use)
    if fault is None or target is None:
        return None
    if fault is Fault.FIELD and _is_of_payload(gap, target, use.reference.path):
        fault = Fault.PAYLOAD
    if fault not in faults:
        return None
    is_sure = all(shape.origin.is_sure for shape in _parts(gap.within))
    if not is_sure and shapes.is_asked_for(use.reference.path[: gap.at + 1]):
        return None
    return Miss(fault, use, target, gap)


def name_of(reference: Reference, end: int) -> str:
    """Name the value before a place of a path: `lines`, or `lines.0` for an item of a list."""
    start = end - 1
    while start > 1 and is_index(reference.path[start]):
        start -= 1
    return ".".join(reference.path[start:end])


def origins(shape: Shape) -> str:
    return ", ".join(dict.fromkeys(one.origin.words for one in _parts(shape)))


def kind_of(shape: Shape) -> str:
    """Name the kind of a value in the words of a message; empty where it may be several."""
    kinds = {_kind_of_one(one) for one in _parts(shape)}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of_one(shape: Simple | ListOf | ObjectOf) -> str:
    match shape:
        case ObjectOf():
            return "an object"
        case ListOf():
            return "a list"
        case Simple(kind):
            return kind.value


def _parts(shape: Shape) -> Iterator[Simple | ListOf | ObjectOf]:
    yield from (one for one in alternatives(shape) if isinstance(one, Simple | ListOf | ObjectOf))


def _fields(shape: Shape) -> Iterator[str]:
    for one in _parts(shape):
        if isinstance(one, ObjectOf):
            yield from one.fields


def _target(use: ReferenceUse) -> StepFacts | None:
    """Give the step that is read, if it may be read here and in this way."""
    sight, target = use.step.flow.look(use.step, use.reference.step)
    if sight is Sight.LOOP_AROUND:
        return target if use.reference.path[1:2] in {("currentItem",), ("index",)} else None
    is_seen = sight.value <= Sight.CONTAINER_AROUND.value or (sight is Sight.CLOSED and use.may_be_closed)
    return target if is_seen and use.reference.path[1:2] == ("results",) else None


def _fault(gap: Gap) -> Fault | None:
    """Tell what is wrong; None where an open object may have the part all the same."""
    shapes = list(_parts(gap.within))
    objects = [shape for shape in shapes if isinstance(shape, ObjectOf)]
    if not objects:
        return Fault.LIST if any(isinstance(shape, ListOf) for shape in shapes) else Fault.PART
    names = list(_fields(gap.within))
    is_open = any(shape.is_open for shape in objects)
    if is_index(gap.part) and not any(map(is_index, names)) and (names or not is_open):
        return Fault.LIST
    if is_open and not any(_is_meant(gap.part, name) for name in names):
        return None
    return Fault.FIELD


def _is_meant(part: str, name: str) -> bool:
    return len(name) >= _SHORTEST_SLIP and is_slip(part, name)


def _is_of_payload(gap: Gap, target: StepFacts, path: tuple[str, ...]) -> bool:
    """Whether the trigger's result itself was looked into, or one of its two bodies."""
    return target.step.is_trigger and (gap.at == 2 or (gap.at == 3 and path[2] in {"body", "rawBody"}))
