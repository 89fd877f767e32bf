"""How an HTTP action is asked to make its request."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from xchange_cli.components.conversions import to_boolean, to_integer, to_number, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import describe

DEFAULT_REDIRECTS = 5

_RESPONSE_TYPES = {"json": "json", "text": "text", "binary": "binary", "arraybuffer": "binary"}


class Options(NamedTuple):
    """`seconds` is None without a limit, `retry_delay` None with exponential back-off, both in seconds."""

    response_type: str
    is_full: bool
    retries: int
    retry_delay: float | None
    retries_all: bool
    seconds: float | None
    redirects: int
    verifies: bool
    debugs: bool


def read_options(inputs: Mapping[str, Any]) -> Options:
    """Read the inputs that all HTTP actions share; numbers below zero count as zero."""
    timeout = _seconds(inputs, "timeout")
    return Options(
        response_type=read(inputs, "responseType", _response_type),
        is_full=_flag(inputs, "includeFullResponse"),
        retries=_count(inputs, "maxRetries", 0),
        retry_delay=None if _flag(inputs, "useExponentialBackoff") else _seconds(inputs, "retryDelayMS"),
        retries_all=_flag(inputs, "retryOnAllErrors"),
        seconds=timeout or None,
        redirects=_count(inputs, "maxRedirects", DEFAULT_REDIRECTS),
        verifies=not _flag(inputs, "ignoreSslErrors"),
        debugs=_flag(inputs, "debugRequest"),
    )


def _response_type(value: Any) -> str:
    word = to_string(value).strip().lower() or "json"
    if word not in _RESPONSE_TYPES:
        raise ActionError(f"{describe(value)} is none of json, text and binary")
    return _RESPONSE_TYPES[word]


def _flag(inputs: Mapping[str, Any], key: str) -> bool:
    value = inputs.get(key)
    return value is not None and to_boolean(value)


def _count(inputs: Mapping[str, Any], key: str, default: int) -> int:
    return max(read(inputs, key, _unless_null(to_integer), default), 0)


def _seconds(inputs: Mapping[str, Any], key: str) -> float:
    milliseconds = read(inputs, key, to_number)
    if math.isinf(milliseconds) and milliseconds > 0:
        raise ActionError(f"{key}: {describe(inputs[key])} is no length of time", input_key=key)
    return max(milliseconds, 0) / 1000


def _unless_null(convert: Callable[[Any, int], int]) -> Callable[[Any, int], int]:
    return lambda value, default: default if value is None else convert(value, default)
