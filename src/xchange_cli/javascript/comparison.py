"""JavaScript's comparisons, and deep equality as lodash has it (`isEqual`, and `isEqualWith` by `==`)."""

import math
from collections.abc import Callable
from typing import Any

from xchange_cli.javascript.text import utf16_order
from xchange_cli.javascript.values import UNDEFINED, to_number, to_text

_OBJECTS = (list, dict, bytes)


def loose_equal(left: Any, right: Any) -> bool:
    """Compare with `==`; lists and objects also member by member, members that are not objects with `==`."""
    return abstract_equal(left, right) or _deep_equal(left, right, abstract_equal)


def strict_equal(left: Any, right: Any) -> bool:
    """Compare with `===`, lists and objects member by member; NaN equals NaN."""
    return _deep_equal(left, right, same_value_zero)


def same_value_zero(left: Any, right: Any) -> bool:
    """Compare as `Array.prototype.includes`: lists and objects only by identity."""
    if isinstance(left, _OBJECTS) or isinstance(right, _OBJECTS):
        return left is right
    if _is_number(left) and _is_number(right):
        first, second = to_number(left), to_number(right)
        return first == second or (math.isnan(first) and math.isnan(second))
    return type(left) is type(right) and left == right


def abstract_equal(left: Any, right: Any) -> bool:
    """Compare with `==`."""
    if _is_nullish(left) or _is_nullish(right):
        return _is_nullish(left) and _is_nullish(right)
    if isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS):
        return left is right
    first, second = _primitive(left), _primitive(right)
    if isinstance(first, str) and isinstance(second, str):
        return first == second
    return to_number(first) == to_number(second)


def less_than(left: Any, right: Any) -> bool | None:
    """Compare with `<`: two texts by code units, all else as numbers; None if one is not a number."""
    first, second = _primitive(left), _primitive(right)
    if isinstance(first, str) and isinstance(second, str):
        return utf16_order(first) < utf16_order(second)
    low, high = to_number(first), to_number(second)
    return None if math.isnan(low) or math.isnan(high) else low < high


def _deep_equal(left: Any, right: Any, equal: Callable[[Any, Any], bool]) -> bool:
    """Compare the structure, and what is neither list, object nor null with `equal`."""
    if isinstance(left, list) and isinstance(right, list):
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(_deep_equal(*pair, equal) for pair in pairs)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_deep_equal(left[key], right[key], equal) for key in left)
    if isinstance(left, bytes) and isinstance(right, bytes):
        return left == right
    if any(value is None or isinstance(value, _OBJECTS) for value in (left, right)):
        return left is right
    return equal(left, right)


def _primitive(value: Any) -> Any:
    return to_text(value) if isinstance(value, _OBJECTS) else value


def _is_nullish(value: Any) -> bool:
    return value is None or value is UNDEFINED


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
