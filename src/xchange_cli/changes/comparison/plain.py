"""Plain data in forms that can be compared as JSON is: by type and value, whatever the order of keys."""

from collections.abc import Hashable
from typing import Any


def is_equal(one: Any, other: Any) -> bool:
    """Compare plain data: `1` is `1.0` but not `true`."""
    if type(one) is not type(other):
        return {type(one), type(other)} == {int, float} and bool(one == other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_equal(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_equal, one, other))
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - NaN


def plain(data: Any) -> Hashable:
    """Give plain data in a form that is equal, and hashed alike, for what is equal."""
    if isinstance(data, dict):
        return "mapping", frozenset((key, plain(value)) for key, value in data.items())
    if isinstance(data, list):
        return "list", tuple(map(plain, data))
    if isinstance(data, bool):
        return "truth", data
    if isinstance(data, float):
        return "number", int(data) if data.is_integer() else str(data)
    return "number" if isinstance(data, int) else "text" if isinstance(data, str) else "none", data
