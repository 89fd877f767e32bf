"""References, and the paths that code reads, against what is known of the values that they lead to."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.diagnostics import Fix, Related
from xchange_cli.nearest import nearest
from xchange_cli.shapes.paths import Gap, is_index
from xchange_cli.shapes.shape import UNKNOWN, Kind, ListOf, ObjectOf, Shape, Simple, alternatives
from xchange_cli.source import Span
from xchange_cli.validation.certainty import is_slip
from xchange_cli.validation.facts import CodeUse, Dialect, FlowFacts, ReferenceUse, Sight, StepFacts
from xchange_cli.validation.path_parts import CodePart, ReferencePart

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment, Use

_SHORTEST_SLIP = 5
"""Letters of a word whose misspelling is told apart from another word that an example leaves out."""


_READABLE = (Sight.EARLIER, Sight.CONTAINER_AROUND)
_OF_TEXTS_AND_LISTS = """
    at charAt charCodeAt codePointAt concat copyWithin endsWith entries every fill filter find findIndex findLast
    findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf localeCompare map match matchAll normalize
    padEnd padStart pop push reduce reduceRight repeat replace replaceAll reverse search shift slice some sort splice split
    startsWith substr substring toExponential toFixed toLocaleLowerCase toLocaleUpperCase toLowerCase toPrecision
    toReversed toSorted toSpliced toUpperCase trim trimEnd trimStart unshift values with
"""
_METHODS = frozenset(_OF_TEXTS_AND_LISTS.split())
_OF_ANY = frozenset(
    {
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
"""What JavaScript knows by itself: of texts, lists and numbers, and of any value."""
_SEEN = (Sight.EARLIER, Sight.LOOP_AROUND, Sight.CONTAINER_AROUND)


class Fault(Enum):
    PAYLOAD = auto()  # the trigger payload, or its body, has no such key
    FIELD = auto()  # an object has no such field
    LIST = auto()  # a list used as an object, or an object as a list
    PART = auto()  # a value without parts used as an object or list


class Miss(NamedTuple):
    """A part of a path that nothing has. `at` is its place in the path, `target` the step that is read."""

    fault: Fault
    path: tuple[str, ...]
    target: StepFacts
    gap: Gap
    written: ReferencePart | CodePart

    @property
    def part(self) -> str:
        return self.gap.part

    @property
    def at(self) -> int:
        return self.gap.at

    @property
    def span(self) -> Span:
        return self.written.span

    @property
    def holder(self) -> str:
        """Name what was looked into: the part before, or for the item of a list, the list and the index."""
        return name_of(self.path, self.at)

    def renamed(self, word: str | None) -> tuple[Fix, ...]:
        """Put another word in the place of the part."""
        return self.written.renamed(word)

    def spelt(self, path: tuple[str, ...]) -> str:
        """Give a path as a reference, or as code, writes it."""
        return self.written.spelt(path)

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
    path = use.reference.path
    if len(path) < 3 or use.step.flow.shapes.follow(path).gap is None:
        return None
    target = _target(use)
    found = _find(path, use.step.flow, target) if target is not None else None
    if target is None or found is None or found[0] not in faults:
        return None
    fault, gap = found
    return Miss(fault, path, target, gap, ReferencePart(use.reference, gap.at))


def misses_in_code(use: CodeUse, *faults: Fault) -> Iterator[Miss]:
    """Find the parts that nothing has of the paths that the code of a step reads, each where it is written.

    What the code itself takes for possibly absent is not missed, nor what every text and list of JavaScript has.
    """
    from xchange_cli.javascript.reading.uses import uses

    if use.step is None or use.dialect is not Dialect.STEP:
        return
    seen: set[int] = set()
    for named in uses(use.code):
        miss = _miss_in_code(use, named, use.step) if named.kind == "step" else None
        if miss is not None and miss.fault in faults and miss.span.start not in seen:
            seen.add(miss.span.start)
            yield miss


def _miss_in_code(use: CodeUse, named: "Use", step: StepFacts) -> Miss | None:
    path = (named.name, *(segment.name for segment in named.path))
    sight, target = step.flow.look(step, named.name)
    if target is None or path[1:2] != ("results",) or sight not in _READABLE:
        return None
    found = _find(path, step.flow, target)
    if found is None:
        return None
    fault, gap = found
    segment = named.path[gap.at - 1]
    if gap.at in named.doubted or _is_of_javascript(gap, segment):
        return None
    return Miss(fault, path, target, gap, CodePart(use, segment))


def _is_of_javascript(gap: Gap, segment: "Segment") -> bool:
    """Whether JavaScript has what a reference has not: methods, letters of a text; numbers in other spellings."""
    is_object = all(isinstance(shape, ObjectOf) for shape in _parts(gap.within))
    if gap.part in _OF_ANY or (gap.part in _METHODS and not is_object):
        return True
    if is_index(gap.part):
        return any(shape.kind is Kind.TEXT for shape in _parts(gap.within) if isinstance(shape, Simple))
    return not segment.is_text and gap.part[:1].isdigit()


def _find(path: tuple[str, ...], flow: FlowFacts, target: StepFacts) -> tuple[Fault, Gap] | None:
    if len(path) < 3:
        return None
    gap = flow.shapes.follow(path).gap
    fault = _fault(gap) if gap is not None else None
    if gap is None or fault is None:
        return None
    if fault is Fault.FIELD and _is_of_payload(gap, target, path):
        fault = Fault.PAYLOAD
    is_sure = all(shape.origin.is_sure for shape in _parts(gap.within))
    if not is_sure and flow.shapes.is_asked_for(path[: gap.at + 1]):
        return None
    return fault, gap


def name_of(path: tuple[str, ...], end: int) -> str:
    """Name the value before a place of a path: `lines`, or `lines.0` for an item of a list."""
    start = end - 1
    while start > 1 and is_index(path[start]):
        start -= 1
    return ".".join(path[start:end])


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
    is_seen = sight in _SEEN or (sight is Sight.CLOSED and use.may_be_closed)
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
