"""The body of a request, parsed and as it was sent, by its content type."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.javascript.values import parse_if_json, stringify
from xchange_cli.wire.media_types import OCTETS, PLAIN, decoded, is_json, is_multipart, is_text
from xchange_cli.wire.multipart import MultipartError, Part, parts


def parsed(raw: Mapping[str, Any], header: Any = None) -> dict[str, Any]:
    """Give the `body` of a `rawBody`: JSON and parts are taken apart, all else stays, also what is broken.

    `header` is the request's content type, for a body that does not say its own.
    """
    data, content_type = raw["data"], raw.get("contentType") or header
    if is_json(content_type):
        return {**raw, "data": parse_if_json(_text(data))}
    if is_multipart(content_type) and isinstance(data, str | bytes):
        try:
            return {**raw, "data": form_data(data, str(content_type))}
        except MultipartError:
            return dict(raw)
    return dict(raw)


def unparsed(body: Mapping[str, Any]) -> dict[str, Any]:
    """Give the `rawBody` of a `body`; parts of a form cannot be put together again and stay."""
    data = body["data"]
    if data is None or isinstance(data, str | bytes) or not is_json(body.get("contentType")):
        return dict(body)
    return {**body, "data": stringify(data)}


def form_data(data: str | bytes, content_type: str) -> dict[str, dict[str, Any]]:
    """Give the parts of a multipart body by name; of equal names the last counts.

    Each is `{data, contentType}`, with `fileName` where it has one. What its type calls text is text, all else bytes:
    which parts are bytes on hosted platforms is not documented. JSON in a part is not parsed.

    Raises:
        MultipartError: when it has no such parts.

    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return {part.name: _entry(part) for part in parts(raw, content_type)}


def _entry(part: Part) -> dict[str, Any]:
    content_type = part.content_type or (OCTETS if part.file_name else PLAIN)
    data: str | bytes = part.data
    if is_text(content_type):
        try:
            data = decoded(part.data, content_type)
        except (ValueError, LookupError):
            data = part.data
    named = {"fileName": part.file_name} if part.file_name else {}
    return {"data": data, "contentType": content_type, **named}


def _text(data: Any) -> Any:
    """JSON is UTF-8; bytes that are none stay."""
    if not isinstance(data, bytes):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
