"""What a Node.js process tells: read from its frames, which the author's code may have had a hand in."""

from base64 import b64decode
from typing import Any, Final, NamedTuple

from xchange_cli.javascript.errors import LogLine
from xchange_cli.javascript.failures import Failure
from xchange_cli.javascript.json_text import from_json
from xchange_cli.wire.http import Headers

_LEVELS: Final = frozenset(["trace", "debug", "info", "warn", "error", "fatal", "metric"])
_KINDS: Final = frozenset(["javascript-error", "no-function", "not-json", "syntax-error"])


class Asked(NamedTuple):
    """An exchange that code asks for; `redirect` is as in `fetch`, `stack` tells the place."""

    id: int
    method: str
    url: str
    headers: Headers
    body: bytes
    redirect: str
    stack: str


class Ended(NamedTuple):
    """The end of a call, with a value or a failure; neither where the call waits for nothing."""

    is_reusable: bool
    value: Any = None
    failure: Failure | None = None
    is_settled: bool = True


def read_message(frame: bytes) -> LogLine | Asked | Ended:
    """Read a frame.

    Raises:
        ValueError: for one that the worker does not write.
        JavaScriptError: `not-json`, for a value nested too deeply.

    """
    message = _object(from_json(frame.decode("utf-8")))
    if "log" in message:
        return _log_line(message["log"])
    if "fetch" in message:
        return _asked(_object(message["fetch"]))
    is_reusable = message.get("reusable")
    if not isinstance(is_reusable, bool) or "outcome" not in message:
        raise ValueError("no outcome")
    if message["outcome"] is None:
        return Ended(is_reusable, is_settled=False)
    return _ended(_object(message["outcome"]), is_reusable)


def _log_line(given: Any) -> LogLine:
    level, line = _pair(given)
    if level not in _LEVELS:
        raise ValueError("an unknown level")
    return LogLine(level, line)


def _asked(given: dict[str, Any]) -> Asked:
    number, headers = given.get("id"), given.get("headers")
    if not isinstance(number, int) or not isinstance(headers, list):
        raise ValueError("no exchange")  # noqa: TRY004 - all that is malformed is one error
    return Asked(
        number,
        _text(given.get("method")),
        _text(given.get("url")),
        tuple(_pair(header) for header in headers),
        b64decode(_text(given.get("body"))),
        _text(given.get("redirect")),
        _text(given.get("stack")),
    )


def _ended(outcome: dict[str, Any], is_reusable: bool) -> Ended:
    if "error" not in outcome:
        return Ended(is_reusable, _with_bytes(outcome.get("value"), outcome.get("bytes")))
    told = _object(outcome["error"])
    failure = Failure(*(_text(told.get(name)) for name in Failure._fields))
    if failure.kind not in _KINDS:
        raise ValueError("an unknown kind")
    return Ended(is_reusable, failure=failure)


def _with_bytes(value: Any, given: Any) -> Any:
    """Put the bytes that the code returned, as a whole or as `data`, in their place."""
    if given is None:
        return value
    data = b64decode(_text(_object(given).get("base64")))
    return {**_object(value), "data": data} if given.get("in") else data


def _object(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError("no object")  # noqa: TRY004 - all that is malformed is one error
    return given


def _pair(given: Any) -> tuple[str, str]:
    if not isinstance(given, list) or len(given) != 2:
        raise ValueError("no pair")
    return _text(given[0]), _text(given[1])


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError("no text")  # noqa: TRY004 - all that is malformed is one error
    return given
