"""JavaScript's conversions between the kinds of values that JSON has, plus `undefined` and bytes.

A value is None, a bool, int, float, str, list, dict, bytes (a `Buffer`) or UNDEFINED. Integers beyond 2**53 are
taken for the nearest number that JavaScript has. What else Python knows is taken for what it resembles most.

Values nested more deeply than Python's stack allows end a conversion with RecursionError.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NoReturn

from xchange_cli.javascript.text import trim

MAX_SAFE_INTEGER: Final = 2**53 - 1

_DECIMAL = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_WITH_BASE = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Undefined:
    """The kind of UNDEFINED."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNDEFINED"

    def __copy__(self) -> "Undefined":
        return self

    def __deepcopy__(self, _memo: object) -> "Undefined":
        return self

    def __reduce__(self) -> str:
        return "UNDEFINED"


UNDEFINED: Final = Undefined()
"""The value of what is missing; there is only this one, so compare with `is`."""


def is_truthy(value: Any) -> bool:
    """Tell what `Boolean(value)` is: empty lists, objects and buffers are true, unlike in Python."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return isinstance(value, list | dict | bytes) or bool(value)


def to_text(value: Any) -> str:
    """Give `String(value)`."""
    if isinstance(value, str):
        return value
    if value is None or value is UNDEFINED:
        return "null" if value is None else "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return format_number(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping) or not isinstance(value, Sequence):
        return "[object Object]"
    return ",".join("" if item is None or item is UNDEFINED else to_text(item) for item in value)


def format_number(value: float) -> str:
    """Write a number as JavaScript does: shortest digits, exponents from 1e21 up and below 1e-6."""
    number = nearest(value)
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = f"{whole}{fraction}".lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or "0")
    return ("-" if number < 0 else "") + _lay_out(digits.rstrip("0"), point)


def _lay_out(digits: str, point: int) -> str:
    """Write digits with the decimal point behind the first `point` of them."""
    if 0 < point <= 21:
        whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
        return f"{whole}.{fraction}" if fraction else whole
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}e{point - 1:+d}"


def to_number(value: Any) -> float:
    """Give `Number(value)`; NaN for what is not a number."""
    if isinstance(value, int | float):
        return nearest(value)
    if value is None:
        return 0.0
    if isinstance(value, Undefined | dict):
        return math.nan
    return _number_in(trim(to_text(value)))


def _number_in(text: str) -> float:
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _WITH_BASE.fullmatch(text):
        return nearest(int(text, 0))
    return math.nan if text else 0.0


def nearest(value: float) -> float:
    """Give the number that JavaScript has for a number of Python, infinity where it is beyond all."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def plain_number(value: float) -> int | float:
    """Give whole numbers as int where that is exact, so that results show `3` and not `3.0`."""
    number = nearest(value)
    if math.isfinite(number) and abs(number) <= MAX_SAFE_INTEGER and number == int(number):
        return int(number)
    return number


def to_int32(value: float) -> int:
    """Cut to 32 bits with sign, as the bit operators do."""
    number = nearest(value)
    return (int(number) + 2**31) % 2**32 - 2**31 if math.isfinite(number) else 0


def parse_json(text: str) -> Any:
    """Do `JSON.parse`: no NaN, no Infinity, numbers as JavaScript has them.

    Raises:
        ValueError: what is wrong and where (a `json.JSONDecodeError` has the position).

    """
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=_whole_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _whole_number(digits: str) -> int | float:
    return plain_number(float(digits))


def parse_if_json(value: Any) -> Any:
    """Parse a text that is JSON; give every other value, also text that is not JSON, as it is."""
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValueError:
        return value


def stringify(value: Any) -> str:
    """Give `JSON.stringify(value)`; undefined becomes `null` where it is not a member of an object."""
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
    if isinstance(value, Mapping):
        members = [(to_text(key), item) for key, item in value.items() if item is not UNDEFINED]
        return "{" + ",".join(f"{stringify(key)}:{stringify(item)}" for key, item in members) + "}"
    if isinstance(value, bytes):
        return stringify({"type": "Buffer", "data": list(value)})
    if isinstance(value, list | tuple | range):
        return "[" + ",".join(map(stringify, value)) + "]"
    if isinstance(value, int | float):
        return to_text(value) if math.isfinite(nearest(value)) else "null"
    return "null" if value is None or value is UNDEFINED else "{}"


_DESCRIPTIONS: dict[type, Callable[[Any], str]] = {
    str: lambda text: f"the text {stringify(text if len(text) <= 40 else text[:39] + '…')}",
    list: lambda items: f"a list of {len(items)}" if items else "an empty list",
    dict: lambda members: "an object" if members else "an empty object",
    bytes: lambda data: f"binary data ({len(data)} bytes)",
    bool: to_text,
    int: lambda number: f"the number {format_number(number)}",
    float: lambda number: f"the number {format_number(number)}",
    object: to_text,
}


def describe(value: Any) -> str:
    """Say what a value is, for an error message that tells what was found."""
    kinds = (kind for kind in type(value).__mro__ if kind in _DESCRIPTIONS)
    return _DESCRIPTIONS[next(kinds, object)](value)
