"""Values of a run as JSON: whatever a step gave, without failing and without secrets."""

import base64
import json
import math
from typing import Any

from xchange_cli.javascript.values import Undefined, nearest
from xchange_cli.redaction import Redactor

MAX_RESULT_BYTES = 64 * 1024
MAX_DEPTH = 100
"""Deeper than any data that people exchange, and safe for every reader and writer of JSON."""


def jsonable(value: Any, depth: int = 0) -> Any:
    """Give what JSON can hold: bytes become `{"$base64": …}`, NaN and the infinities `{"$number": …}`.

    So do integers that are infinite for JavaScript. What is nested deeper than MAX_DEPTH becomes
    `{"$nested": depth}`; anything else that JSON does not know becomes its text, `undefined` null. Texts stay as they are, also with
    lone surrogates: it is for the writer to know what its stream can hold.
    """
    match value:
        case None | bool() | str():
            return value
        case Undefined():
            return None
        case int() | float():
            return {"$number": str(nearest(value))} if _is_beyond(value) else value
        case dict() | list() | tuple() | range() if depth == MAX_DEPTH:
            return {"$nested": MAX_DEPTH}
        case dict():
            return {_key(key): jsonable(inner, depth + 1) for key, inner in value.items()}
        case list() | tuple() | range():
            return [jsonable(inner, depth + 1) for inner in value]
        case bytes():
            return {"$base64": base64.b64encode(value).decode("ascii")}
        case _:
            return str(value)


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(nearest(key) if _is_beyond(key) else key)


def _is_beyond(value: Any) -> bool:
    """Tell whether a value is a number without digits that JSON could hold."""
    return isinstance(value, int | float) and not math.isfinite(nearest(value))


def compact(value: Any) -> str:
    """Write any value on one line."""
    return json.dumps(jsonable(value), ensure_ascii=False, separators=(",", ":"))


def shown(value: Any, redactor: Redactor) -> Any:
    """Give a value as it may leave the process."""
    return redactor.data(jsonable(value))


def cut(value: Any) -> Any:
    """Give `{"$cut": bytes}` in place of a value that is too large to print."""
    size = json_size(value)
    return {"$cut": size} if size > MAX_RESULT_BYTES else value


def json_size(value: Any) -> int:
    """Give the length of a value's JSON in bytes."""
    return len(compact(value).encode("utf-8", "surrogatepass"))


def pretty(value: Any) -> str:
    """Write any value with indentation."""
    return json.dumps(jsonable(value), ensure_ascii=False, indent=2)
