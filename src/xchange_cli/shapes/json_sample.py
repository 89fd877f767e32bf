"""A JSON value that stands for others like it → shape."""

from typing import Any

from xchange_cli.shapes.shape import UNKNOWN, UNSEEN, Kind, ListOf, ObjectOf, Origin, Shape, Simple, any_of

_DEEPEST = 60
"""Deeper parts are unknown: nobody refers to them, and each level costs a call."""

_BYTES = ("$bytes", "$base64")


def shape_of_sample(value: Any, origin: Origin, depth: int = 0) -> Shape:
    """Say what a sample shows. Null and an empty object say nothing; items of a list count together."""
    if depth > _DEEPEST:
        return UNKNOWN
    match value:
        case bool():
            return Simple(Kind.TRUTH, origin)
        case int() | float():
            return Simple(Kind.NUMBER, origin)
        case str():
            return Simple(Kind.TEXT, origin)
        case list():
            items = any_of(shape_of_sample(item, origin, depth + 1) for item in value)
            return ListOf(items if value else UNSEEN, origin)
        case dict() if len(value) == 1 and next(iter(value)) in _BYTES:
            return Simple(Kind.BINARY, origin)
        case dict() if value:
            fields = {name: shape_of_sample(inner, origin, depth + 1) for name, inner in value.items()}
            return ObjectOf(fields, origin)
        case dict():
            return ObjectOf({}, origin, is_open=True)
        case _:
            return UNKNOWN
