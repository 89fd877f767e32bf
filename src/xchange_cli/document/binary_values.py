"""Bytes in JSON and YAML files: `{"$bytes": "base64"}` as in the record of a run, or `$base64` as in its output."""

import base64
from typing import Any

from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.source import Source

KEYS = ("$bytes", "$base64")


def with_bytes(value: Any, source: Source) -> Any:
    """Put bytes in place of the objects that stand for them.

    Raises:
        XchangeError: INVALID where such an object holds no base64.

    """
    if not any(key in source.text for key in KEYS):
        return value
    try:
        return _replaced(value, source)
    except RecursionError as error:
        place = Place(source.name, 1, 1)
        raise XchangeError(ErrorCode.INVALID, "the data is nested too deeply", place=place) from error


def _replaced(value: Any, source: Source) -> Any:
    if isinstance(value, list):
        return [_replaced(item, source) for item in value]
    if not isinstance(value, dict):
        return value
    key = next(iter(value), "")
    if len(value) == 1 and key in KEYS:
        return _bytes(key, value[key], source)
    return {key: _replaced(item, source) for key, item in value.items()}


def _bytes(key: str, text: Any, source: Source) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, TypeError) as error:
        offset = source.text.find(text) if isinstance(text, str) else -1
        place = Place(source.name, *source.position(max(offset, source.text.find(key))))
        raise XchangeError(ErrorCode.INVALID, f"the `{key}` here is no base64 text", place=place) from error
