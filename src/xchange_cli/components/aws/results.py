"""Responses of AWS in the shape that the AWS SDK for JavaScript gives them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_MARKERS = ("PartNumberMarker", "NextPartNumberMarker")
"""Numbers in Python, texts in JavaScript."""


def plain(response: Mapping[str, Any]) -> dict[str, Any]:
    """Give a response as JSON data and bytes, without the facts about the exchange."""
    return {key: _value(key, value) for key, value in response.items() if key != "ResponseMetadata"}


def with_metadata(response: Mapping[str, Any]) -> dict[str, Any]:
    """Give a response as `plain` does, with `$metadata`."""
    facts = response.get("ResponseMetadata", {})
    metadata = {
        "httpStatusCode": facts.get("HTTPStatusCode"),
        "requestId": facts.get("RequestId"),
        "extendedRequestId": facts.get("HostId"),
        "cfId": None,
        "attempts": facts.get("RetryAttempts", 0) + 1,
        "totalRetryDelay": 0,
    }
    return {"$metadata": metadata, **plain(response)}


def date_text(date: datetime) -> str:
    """Write an instant as JavaScript does: in UTC, with milliseconds."""
    return date.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _value(key: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return date_text(value)
    if isinstance(value, Mapping):
        return {name: _value(name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_value("", item) for item in value]
    return str(value) if key in _MARKERS else value
