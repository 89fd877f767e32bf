"""What kind of content a request or response has, by its `Content-Type`."""

import re

from xchange_cli.wire.http import Headers

FORM = "application/x-www-form-urlencoded"

_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)"?', re.IGNORECASE)


def content_type(headers: Headers) -> str:
    """Give the whole value of the first `Content-Type`, or nothing."""
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def media_type(headers: Headers) -> str:
    return content_type(headers).partition(";")[0].strip().lower()


def with_plain_boundary(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Give a multipart body, and its headers, with one and the same boundary: senders make up a new one each time."""
    found = _BOUNDARY.search(content_type(headers))
    if found is None or not media_type(headers).startswith("multipart/"):
        return headers, body
    boundary = found[1]
    changed = tuple(
        (name, value.replace(boundary, "boundary") if name.lower() == "content-type" else value)
        for name, value in headers
    )
    return changed, body.replace(boundary.encode("utf-8", "replace"), b"boundary")
