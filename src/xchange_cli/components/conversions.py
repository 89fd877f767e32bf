"""Conversion of input values to what an action needs, by the rules of the platform's component SDK.

That the platform's own utility components use these very rules is likely but not documented.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript import values
from xchange_cli.javascript.text import trim
from xchange_cli.javascript.values import UNDEFINED, describe, is_truthy, plain_number, stringify, to_text

_WORDS = {**dict.fromkeys(("t", "true", "y", "yes"), True), **dict.fromkeys(("f", "false", "n", "no"), False)}
_LEADING_INTEGER = re.compile(r"(?P<sign>[+-]?)(?P<size>[0-9]+)")
_LAST_INSTANT = 8.64e15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_boolean(value: Any) -> bool:
    """Read t, true, y, yes, f, false, n and no in any case; all else is as true as in JavaScript."""
    word = _WORDS.get(value.lower()) if isinstance(value, str) else None
    return is_truthy(value) if word is None else word


def to_integer(value: Any, default: int | None = None) -> int:
    """Cut to a whole number; missing and "" give 0.

    Numbers with a fraction are cut to 32 bits, as the SDK does. `default`, where given, stands for missing, null
    and "".
    """
    if default is not None and _is_unset(value):
        return default
    if value is UNDEFINED or value == "":
        return 0
    if isinstance(value, str):
        return _leading_integer(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ActionError(f"{describe(value)} is not a whole number")
    number = values.nearest(value)
    is_whole = math.isfinite(number) and number == int(number)
    return int(number) if is_whole else values.to_int32(number)


def _leading_integer(text: str) -> int:
    match = _LEADING_INTEGER.match(trim(text))
    size = values.to_number(match["size"]) if match else math.nan
    if match is None or not math.isfinite(size):
        raise ActionError(f"{describe(text)} is not a whole number")
    return -int(size) if match["sign"] == "-" else int(size)


@refusing_depth
def to_number(value: Any, default: float = 0) -> int | float:
    """Read a number; missing, null and "" give the default. Whole numbers come as int."""
    if _is_unset(value):
        return default
    number = values.to_number(value)
    if math.isnan(number):
        raise ActionError(f"{describe(value)} is not a number")
    return plain_number(number)


@refusing_depth
def to_string(value: Any) -> str:
    """Write as text; null and missing give ""."""
    return "" if value is None or value is UNDEFINED else to_text(value)


@refusing_depth
def to_milliseconds(value: Any) -> float:
    """Read an instant as milliseconds since 1970 in UTC; NaN for a number beyond JavaScript's dates.

    Numbers and numeric text are seconds, other text is ISO 8601; without a zone it is UTC.
    """
    from xchange_cli.components.iso_dates import milliseconds_of

    number = values.to_number(value)
    if number and not math.isnan(number):
        instant = number * 1000
        return float(int(instant)) if abs(instant) <= _LAST_INSTANT else math.nan
    milliseconds = milliseconds_of(value) if isinstance(value, str) else None
    if milliseconds is None:
        raise ActionError(f"{describe(value)} is not a date: neither ISO 8601 text nor Unix seconds")
    return milliseconds


def to_date(value: Any) -> datetime:
    """Read an instant, as `to_milliseconds` does, of the years 1 to 9999."""
    milliseconds = to_milliseconds(value)
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except (OverflowError, ValueError) as error:
        raise ActionError(f"{describe(value)} is a date outside of the years 1 to 9999") from error


@refusing_depth
def to_object(pairs: Any) -> dict[str, Any]:
    """Make an object of a key/value list; the last of equal keys wins."""
    if not is_truthy(pairs):
        return {}
    if not isinstance(pairs, list) or not all(isinstance(pair, Mapping) for pair in pairs):
        raise ActionError(f"{describe(pairs)} is not a list of keys and values")
    return {to_text(pair.get("key", UNDEFINED)): pair.get("value") for pair in pairs}


@refusing_depth
def to_binary(value: Any) -> tuple[bytes, str]:
    """Give bytes and content type: of bytes, of text, of a file `{data, contentType}`, of JSON for the rest."""
    if isinstance(value, bytes):
        return value, "application/octet-stream"
    if isinstance(value, str):
        return _utf8(value), "text/plain"
    if not isinstance(value, list | dict):
        raise ActionError(f"{describe(value)} is not a file, and cannot be made one")
    data = value.get("data") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(data, bytes | str):
        content, content_type = to_binary(data)
        return content, to_string(value.get("contentType")) or content_type
    return _utf8(stringify(value)), "application/json"


def clean_object(members: Mapping[str, Any]) -> dict[str, Any]:
    """Drop missing, null and ""."""
    return {key: value for key, value in members.items() if not _is_unset(value)}


def _utf8(text: str) -> bytes:
    """Encode; a lone half of a surrogate pair becomes the replacement character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _is_unset(value: Any) -> bool:
    return value is None or value is UNDEFINED or (isinstance(value, str) and not value)
