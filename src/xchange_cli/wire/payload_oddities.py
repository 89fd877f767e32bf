"""Whether the body of a captured request is what its content type says."""

from typing import Any

from xchange_cli.document.json_text import read_json
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source
from xchange_cli.wire.media_types import is_json, is_multipart
from xchange_cli.wire.multipart import MultipartError, parts
from xchange_cli.wire.oddity import Oddity, repeated
from xchange_cli.wire.whole_payload import Headers, is_whole_payload


def oddities(payload: Any, name: str, body_line: int = 0) -> tuple[Oddity, ...]:
    """Tell what is odd about a payload; `body_line` is where in its file the body begins, 0 where it is within JSON.

    Raises:
        XchangeError: INVALID when a body of several parts cannot be taken apart.

    """
    if not is_whole_payload(payload) or payload.get("body") is not None or not payload.get("rawBody"):
        return ()
    raw = payload["rawBody"]
    data = raw["data"]
    content_type = str(
        raw.get("contentType") or Headers(payload.get("headers") or {}).get("Content-Type") or ""
    )
    if not content_type or not isinstance(data, str | bytes):
        return ()
    if is_multipart(content_type):
        return _repeated_parts(data, content_type, name)
    return _broken_json(data, name, body_line) if is_json(content_type) else ()


def _repeated_parts(data: str | bytes, content_type: str, name: str) -> tuple[Oddity, ...]:
    body = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    try:
        found = parts(body, content_type)
    except MultipartError as error:
        raise XchangeError(ErrorCode.INVALID, f"{name}: the multipart body is broken: {error}") from error
    return tuple(repeated("parts", [part.name for part in found]))


def _broken_json(data: str | bytes, name: str, body_line: int) -> tuple[Oddity, ...]:
    try:
        source = Source(name, data) if isinstance(data, str) else Source.decode(name, data)
        read_json(source)
    except XchangeError as error:
        line, column = (error.place.line, error.place.column) if error.place else (1, 1)
        message = f"the body is {error.message}; it stays text, though its content type says JSON"
        return (Oddity(message, body_line + line - 1, column) if body_line else Oddity(message),)
    return ()
