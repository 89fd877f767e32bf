"""What a value looks like, as far as that is known before a flow runs: an immutable algebra of shapes.

UNKNOWN silences everything behind it: whatever is not certain about a value is UNKNOWN, never a guess.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias, Union


class Origin(NamedTuple):
    """Who says what a value looks like, in the words of a message (`payloads/order.json`).

    `is_sure` is True where nothing else is possible, and False of examples, which may lack what may be there.
    """

    words: str
    is_sure: bool = False


class Kind(StrEnum):
    """Values without parts; the words are those of messages."""

    UNKNOWN = "unknown"
    TEXT = "text"
    NUMBER = "a number"
    TRUTH = "true or false"
    BINARY = "a file"


class Simple(NamedTuple):
    kind: Kind
    origin: Origin


class ListOf(NamedTuple):
    item: "Shape"
    origin: Origin


class ObjectOf(NamedTuple):
    """An object with fields; an open one may have others, of which nothing is known."""

    fields: Mapping[str, "Shape"]
    origin: Origin
    is_open: bool = False


class AnyOf(NamedTuple):
    """Any of several shapes, none of which is UNKNOWN or an AnyOf; without any, nothing has been seen."""

    shapes: tuple["Shape", ...]


Shape: TypeAlias = Union[Simple, ListOf, ObjectOf, AnyOf]  # noqa: UP007 - `|` cannot name a class to come

NOBODY = Origin("")
UNKNOWN = Simple(Kind.UNKNOWN, NOBODY)
UNSEEN = AnyOf(())
"""What the items of an empty list look like: they add nothing to what others know."""


def is_unknown(shape: Shape) -> bool:
    return shape in (UNKNOWN, UNSEEN)


def alternatives(shape: Shape) -> tuple[Shape, ...]:
    """Give the shapes that a value may have; just this one, unless it is any of several."""
    return shape.shapes if isinstance(shape, AnyOf) else (shape,)


def any_of(shapes: Iterable[Shape]) -> Shape:
    """Join shapes; those that one source gives become one, so that fields which only some objects have count.

    One UNKNOWN makes the whole unknown.
    """
    joined: list[Shape] = []
    for shape in _flat(shapes):
        if shape == UNKNOWN:
            return UNKNOWN
        _add(shape, joined)
    return joined[0] if len(joined) == 1 else AnyOf(tuple(joined))


def _flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield from alternatives(shape)


def _add(shape: Shape, joined: list[Shape]) -> None:
    for index, known in enumerate(joined):
        both = _both(known, shape)
        if both is not None:
            joined[index] = both
            return
    joined.append(shape)


def _both(one: Shape, other: Shape) -> Shape | None:
    """Give one shape for two of the same kind and source; None where they stay two."""
    match one, other:
        case Simple(kind, origin), Simple(other_kind, other_origin):
            return one if (kind, origin) == (other_kind, other_origin) else None
        case ListOf(item, origin), ListOf(other_item, other_origin) if origin == other_origin:
            return ListOf(any_of((item, other_item)), origin)
        case ObjectOf(), ObjectOf() if one.origin == other.origin:
            return ObjectOf(_both_fields(one, other), one.origin, one.is_open or other.is_open)
        case _:
            return None


def _both_fields(one: ObjectOf, other: ObjectOf) -> dict[str, Shape]:
    fields = dict(one.fields)
    for name, shape in other.fields.items():
        fields[name] = any_of((fields[name], shape)) if name in fields else shape
    return fields
