"""URLs: read as what sends them reads them, and shown without what opens doors."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from xchange_cli.wire.http import WireError
from xchange_cli.wire.sensitive import is_sensitive

if TYPE_CHECKING:
    import httpx

HIDDEN = "…"

_NOT_IN_HOST = re.compile(rb"[^A-Za-z0-9._:-]")
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_SHORT_NAMES = frozenset({"key", "code"})
"""Of parameters that hold a secret in many APIs, though the words say nothing of it."""


def parsed_url(url: str) -> "httpx.URL":
    """Read an absolute HTTP URL as the wire does, so that nobody takes it for one of another host.

    Raises:
        WireError: `bad-request`, saying what is wrong with it.

    """
    import httpx

    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise WireError("bad-request", f"{_quoted(url)} is not a URL: {_reason(error, url)}") from error
    if parsed.scheme not in {"http", "https"}:
        scheme = (
            f"is of the scheme {parsed.scheme}" if f"{parsed.scheme}:" in shown_url(url) else "has no scheme"
        )
        raise WireError("bad-request", f"{_quoted(url)} {scheme}; it must start with http:// or https://")
    if not parsed.host:
        raise WireError("bad-request", f"{_quoted(url)} names no host")
    if parsed.port is not None and not 0 < parsed.port < 2**16:
        raise WireError("bad-request", f"{_quoted(url)} has a port that cannot be")
    if _NOT_IN_HOST.search(parsed.raw_host) or any(len(label) > 63 for label in parsed.raw_host.split(b".")):
        raise WireError("bad-request", f"{_quoted(url)} has a host name that cannot be")
    return parsed


def shown_url(url: str) -> str:
    """Give a URL for messages: without user and password, and without the values of sensitive parameters."""
    try:
        parts = urlsplit(url)
        netloc = parts.netloc.rpartition("@")[2]
        _ = parts.port
    except ValueError:
        return _beginning(url)
    if not netloc and "@" in parts.path:  # user:password@host without a scheme
        return _beginning(url)
    query = "&".join(map(_shown_parameter, parts.query.split("&")))
    return parts._replace(netloc=netloc, query=query, fragment="").geturl()


def _beginning(url: str) -> str:
    """Give what may be shown of a URL that cannot be taken apart: what is before its last `@` may be a password."""
    scheme = match[0] if (match := _SCHEME.match(url)) else ""
    rest = url[len(scheme) :]
    start = re.split("[?#]", rest, maxsplit=1)[0]
    return scheme + (HIDDEN if "@" in rest[len(start) :] else start.rpartition("@")[2])


def _shown_parameter(parameter: str) -> str:
    name, equals, _ = parameter.partition("=")
    is_hidden = equals and (name.lower() in _SHORT_NAMES or is_sensitive(name))
    return f"{name}={HIDDEN}" if is_hidden else parameter


def _quoted(url: str) -> str:
    shown = shown_url(url)
    return f'"{shown if len(shown) <= 200 else shown[:199] + "…"}"'


def _reason(error: Exception, url: str) -> str:
    """Say it in our words where the library tells a codec's, or shows a part of a password, taken for a port."""
    if isinstance(error, UnicodeError):
        return "it holds characters that are none"
    message = str(error).rstrip(".")
    return "its port is not a number" if "@" in url and message.startswith("Invalid port") else message
