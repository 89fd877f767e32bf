"""Media types: what the data of a request or of a part of it is, as its `Content-Type` says."""

from typing import Any

from xchange_cli.wire.multipart import parameters

JSON = "application/json"
PLAIN = "text/plain"
OCTETS = "application/octet-stream"
FORM = "application/x-www-form-urlencoded"

_TEXTS = frozenset(
    {JSON, FORM, "application/xml", "application/javascript", "application/yaml", "application/x-ndjson"}
)


def media_type(content_type: Any) -> str:
    """Give the type without its parameters; where there is none, JSON is what requests mostly hold."""
    return str(content_type or JSON).partition(";")[0].strip().lower()


def is_json(content_type: Any) -> bool:
    kind = media_type(content_type)
    return kind == JSON or kind.endswith("+json")


def is_multipart(content_type: Any) -> bool:
    return media_type(content_type).startswith("multipart/")


def is_text(content_type: Any) -> bool:
    """Tell whether data of this type is for people and parsers of text."""
    kind = media_type(content_type)
    return kind.startswith("text/") or kind.endswith(("+json", "+xml")) or kind in _TEXTS


def decoded(data: bytes, content_type: str) -> str:
    """Decode by the type's `charset`, or as UTF-8.

    Raises:
        ValueError, LookupError: where it is no such text, or nobody knows the charset.

    """
    return data.decode(parameters(content_type).get("charset") or "utf-8")
