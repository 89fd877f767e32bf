"""Values on their way into JavaScript and back: as JSON text."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.values import UNDEFINED, nearest

_LONE_SURROGATE = re.compile(r"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def to_json(value: Any, write_bytes: Callable[[bytes], Any] | None = None) -> str:
    """Write a value as JSON; bytes take the form that Node's Buffer has in JSON, or that of `write_bytes`; NaN,
    infinities, integers beyond all numbers of JavaScript and undefined become null.

    Raises:
        JavaScriptError: `not-json`, for a value that JSON cannot hold.

    """
    encoder = _ENCODER if write_bytes is None else _encoder(write_bytes)
    try:
        return encoder.encode(value)
    except (TypeError, RecursionError) as error:
        raise _refused(error) from error
    except ValueError:
        try:
            return encoder.encode(_finite(value))
        except (TypeError, ValueError, RecursionError) as error:
            raise _refused(error) from error


def from_json(text: str) -> Any:
    """Read JSON that the engine wrote; halves of surrogate pairs, which no file can hold, become U+FFFD.

    Raises:
        JavaScriptError: `not-json`, for a value nested too deeply.

    """
    if "\\ud" in text or "\\uD" in text:
        text = _LONE_SURROGATE.sub(lambda match: match[1] + "\ufffd", text)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise JavaScriptError("the returned value is nested too deeply", kind="not-json") from error


def _encoder(write_bytes: Callable[[bytes], Any]) -> json.JSONEncoder:
    def plain(value: Any) -> Any:
        if value is UNDEFINED:
            return None
        if isinstance(value, (bytes, bytearray, memoryview)):
            return write_bytes(bytes(value))
        if isinstance(value, Mapping):
            return dict(value)
        if isinstance(value, Sequence):
            return list(value)
        raise TypeError(f"a value of type {type(value).__name__}")

    return json.JSONEncoder(allow_nan=False, separators=(",", ":"), default=plain)


def _finite(value: Any) -> Any:
    if isinstance(value, int | float):
        return value if math.isfinite(nearest(value)) else None
    if isinstance(value, Mapping):
        return {key: _finite(member) for key, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return [_finite(item) for item in value]
    return value


def _refused(error: Exception) -> JavaScriptError:
    reason = "nesting that is too deep or circular" if isinstance(error, RecursionError) else str(error)
    return JavaScriptError(f"JavaScript cannot be given {reason}", kind="not-json")


_ENCODER = _encoder(lambda data: {"type": "Buffer", "data": list(data)})
