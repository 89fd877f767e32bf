"""The data of a recording's file: exchanges, with bodies as readable as they can be without losing a byte."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from xchange_cli.wire.http import Headers, HttpRequest, HttpResponse
from xchange_cli.wire.json_bodies import COMPACT, STYLES, read_json_text, write_json_text

SCHEMA = "xchange.http-recording/1"

_FAMILY = re.compile(r"xchange\.http-recording/([0-9]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Failure(NamedTuple):
    """Why there was no response: kind and message of a WireError."""

    kind: str
    message: str


class Exchange(NamedTuple):
    """A request and what came of it, without secrets."""

    request: HttpRequest
    answer: HttpResponse | Failure


class BadRecordingError(Exception):
    """What the data lacks to be a recording, with the part that is wrong."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def to_data(exchanges: Iterable[Exchange]) -> dict[str, Any]:
    return {"schema": SCHEMA, "exchanges": [_exchange_data(exchange) for exchange in exchanges]}


def _exchange_data(exchange: Exchange) -> dict[str, Any]:
    request, answer = exchange
    asked = {"method": request.method, "url": request.url, **_parts(request.headers, request.body)}
    if isinstance(answer, Failure):
        return {"request": asked, "error": {"kind": answer.kind, "message": answer.message}}
    given = {"status": answer.status, "reason": answer.reason, **_parts(answer.headers, answer.body)}
    return {"request": asked, "response": given}


def _parts(headers: Headers, body: bytes) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if headers:
        written["headers"] = [f"{name}: {value}" for name, value in headers]
    if body:
        written["body"] = _body_data(body)
    return written


def _body_data(body: bytes) -> dict[str, Any]:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if _CONTROL.search(text):
        return {"base64": base64.b64encode(body).decode("ascii")}
    found = read_json_text(text)
    if found is not None and found.style:
        return {"json": found.data} | ({} if found.style == COMPACT else {"style": found.style})
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    return {"text": lines if len(lines) > 1 else text}


def from_data(data: Any) -> tuple[Exchange, ...]:
    """Read the data of a file.

    Raises:
        BadRecordingError: where it is no recording, or one of a later version.

    """
    _require_schema(data)
    exchanges = _of_kind(data.get("exchanges"), list, "exchanges", "list")
    return tuple(_exchange(item, f"exchanges[{index}]") for index, item in enumerate(exchanges))


def _require_schema(data: Any) -> None:
    schema = data.get("schema") if isinstance(data, Mapping) else None
    if schema == SCHEMA:
        return
    family = _FAMILY.fullmatch(schema) if isinstance(schema, str) else None
    if family is not None:
        message = f"this recording has the format {schema}, which this version of xchange does not know"
        raise BadRecordingError(message, "Update xchange, or record it again.")
    message = f"this is no HTTP recording: its `schema` is not {SCHEMA}"
    raise BadRecordingError(message, "Record it again.")


def _exchange(data: Any, path: str) -> Exchange:
    exchange = _of_kind(data, dict, path, "mapping")
    asked = _of_kind(exchange.get("request"), dict, f"{path}.request", "mapping")
    request = HttpRequest(
        _text(asked, "method", f"{path}.request"),
        _text(asked, "url", f"{path}.request"),
        *_read_parts(asked, f"{path}.request"),
    )
    if "error" in exchange:
        error = _of_kind(exchange["error"], dict, f"{path}.error", "mapping")
        kind, message = (_text(error, key, f"{path}.error") for key in ("kind", "message"))
        return Exchange(request, Failure(kind, message))
    return Exchange(request, _response(exchange.get("response"), f"{path}.response"))


def _response(data: Any, path: str) -> HttpResponse:
    given = _of_kind(data, dict, path, "mapping")
    status = _of_kind(given.get("status"), int, f"{path}.status", "number")
    reason = _of_kind(given.get("reason", ""), str, f"{path}.reason", "text")
    return HttpResponse(status, reason, *_read_parts(given, path), url="")


def _read_parts(data: Mapping[str, Any], path: str) -> tuple[Headers, bytes]:
    lines = _of_kind(data.get("headers", []), list, f"{path}.headers", "list")
    headers = tuple(_header(line, f"{path}.headers[{index}]") for index, line in enumerate(lines))
    return headers, _body(data["body"], f"{path}.body") if "body" in data else b""


def _header(line: Any, path: str) -> tuple[str, str]:
    name, mark, value = _of_kind(line, str, path, "text").partition(":")
    if not mark or not name:
        raise BadRecordingError(f"`{path}` is no header: write `Name: value`")
    return name, value.removeprefix(" ")


def _body(data: Any, path: str) -> bytes:
    match data:
        case {"json": value, **more} if more.keys() <= {"style"}:
            style = more.get("style", COMPACT)
            if style not in STYLES:
                raise BadRecordingError(f"`{path}.style` is not one of {', '.join(STYLES)}")
            return write_json_text(value, style).encode()
        case {"text": str(text), **more} if not more:
            return text.encode("utf-8", "surrogatepass")
        case {"text": list(lines), **more} if not more:
            texts = [_of_kind(line, str, f"{path}.text[{at}]", "text") for at, line in enumerate(lines)]
            return "".join(texts).encode("utf-8", "surrogatepass")
        case {"base64": str(text), **more} if not more:
            return _bytes(text, f"{path}.base64")
    raise BadRecordingError(f"`{path}` has not one of `json`, `text` and `base64`")


def _bytes(text: str, path: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadRecordingError(f"`{path}` is not base64") from error


def _text(data: Mapping[str, Any], key: str, path: str) -> str:
    found: str = _of_kind(data.get(key), str, f"{path}.{key}", "text")
    return found


def _of_kind(value: Any, kind: type, path: str, name: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        missing = "is missing" if value is None else f"is no {name}"
        raise BadRecordingError(f"`{path}` {missing}")
    return value
