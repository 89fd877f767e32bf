"""Values of a run as JSON: whatever a step gave, without failing and without secrets."""

import base64
import json
import math
from typing import Any

from xchange_cli.redaction import Redactor

MAX_RESULT_BYTES = 64 * 1024
MAX_DEPTH = 100
"""Deeper than any data that people exchange, and safe for every reader and writer of JSON."""


def jsonable(value: Any, depth: int = 0) -> Any:
    """Give what JSON can hold: bytes become `{"$base64": …}`, NaN and the infinities `{"$number": …}`.

    What is nested deeper than MAX_DEPTH becomes `{"$nested": depth}`; anything else that JSON does not know
    becomes its text.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {"$number": str(value)}
        case dict() | list() | tuple() | range() if depth == MAX_DEPTH:
            return {"$nested": MAX_DEPTH}
        case dict():
            return {str(key): jsonable(inner, depth + 1) for key, inner in value.items()}
        case list() | tuple() | range():
            return [jsonable(inner, depth + 1) for inner in value]
        case bytes():
            return {"$base64": base64.b64encode(value).decode("ascii")}
        case _:
            return str(value)


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shown(value: Any, redactor: Redactor) -> Any:
    """Give a value as it may leave the process."""
    return redactor.data(jsonable(value))


def cut(value: Any) -> Any:
    """Give `{"$cut": bytes}` in place of a value that is too large to print."""
    size = json_size(value)
    return {"$cut": size} if size > MAX_RESULT_BYTES else value


def json_size(value: Any) -> int:
    """Give the length of a value's JSON in bytes."""
    return len(compact(jsonable(value)).encode("utf-8", "surrogatepass"))


def pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
