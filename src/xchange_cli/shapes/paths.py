"""Following a path into a shape, and where it leaves what is known."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.shapes.shape import (
    UNKNOWN,
    Kind,
    ListOf,
    ObjectOf,
    Origin,
    Shape,
    Simple,
    alternatives,
    any_of,
    is_unknown,
)

_INDEX = re.compile("0|[1-9][0-9]*")
_LENGTH = "length"
_COUNTED = Simple(Kind.NUMBER, Origin("the length of the value"))


class Gap(NamedTuple):
    """A part of a path that no source lists: its place in the path, and what it was looked up in.

    An open object may have the part all the same.
    """

    at: int
    part: str
    within: Shape


class Way(NamedTuple):
    """Where a path leads; UNKNOWN behind a gap."""

    end: Shape
    gap: Gap | None = None


def follow(shape: Shape, path: Sequence[str]) -> Way:
    """Walk a path; `Gap.at` counts from its first part."""
    for at, part in enumerate(path):
        if is_unknown(shape):
            return Way(UNKNOWN)
        inner = part_of(shape, part)
        if inner is None:
            return Way(UNKNOWN, Gap(at, part, shape))
        shape = inner
    return Way(shape)


def is_index(part: str) -> bool:
    return bool(_INDEX.fullmatch(part))


def part_of(shape: Shape, part: str) -> Shape | None:
    """Give what stands under a name or index; None where no alternative lists it.

    `length` is no mistake on a list or a text: JavaScript has it, though it is not documented for references.
    """
    found = [inner for one in alternatives(shape) if (inner := _part_of_one(one, part)) is not None]
    return any_of(found) if found else None


def _part_of_one(shape: Shape, part: str) -> Shape | None:
    match shape:
        case ObjectOf(fields):
            return fields.get(part)
        case ListOf(item):
            return _COUNTED if part == _LENGTH else item if is_index(part) else None
        case Simple(Kind.BINARY | Kind.UNKNOWN):
            return UNKNOWN
        case Simple(Kind.TEXT) if part == _LENGTH:
            return _COUNTED
        case _:
            return None
