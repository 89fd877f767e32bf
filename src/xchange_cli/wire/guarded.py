"""The write guard at every hop of a request."""

from collections.abc import Callable

from xchange_cli.wire.content import FORM, content_type, media_type
from xchange_cli.wire.guard import Sender, WriteGuard
from xchange_cli.wire.http import HttpRequest
from xchange_cli.wire.urls import parsed_url, shown_url

MOST_SHOWN = 200

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OVERRIDES = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
"""Headers that name the method which a server is to take a request for."""

_TEXT_TYPES = ("text/", "application/json", "application/xml", FORM)


class TokenRequest(HttpRequest):
    """Asks for an access token. That is part of connecting and changes nothing, so it needs no permission."""

    __slots__ = ()


def require_permission(request: HttpRequest, guard: WriteGuard, sender: Callable[[], Sender]) -> None:
    """Let a request pass that only reads, asks for an access token, or may write; `sender` tells who sends it.

    Raises:
        WireError: `write-blocked` with what would have been sent; `bad-request` where the URL is none.

    """
    if isinstance(request, TokenRequest) or only_reads(request):
        return
    host = parsed_url(request.url).raw_host.decode("ascii", "replace")
    guard.require(sender(), host, lambda: described(request))


def only_reads(request: HttpRequest) -> bool:
    """Tell whether the method, and every header that overrides it, only reads."""
    overriding = [value.strip() for name, value in request.headers if name.strip().lower() in _OVERRIDES]
    return all(method.upper() in _READING for method in (request.method, *overriding))


def described(request: HttpRequest) -> str:
    """Say what is to be sent: method, URL, size and kind of the body, and how a text begins."""
    line = f"{request.method.upper()} {shown_url(request.url)}"
    if not request.body:
        return f"{line} (without body)"
    kind = content_type(request.headers)
    size = f"{len(request.body)} byte{'s' if len(request.body) != 1 else ''}"
    return f"{line} ({size}{kind and f' of {kind}'}{_beginning(request)})"


def _beginning(request: HttpRequest) -> str:
    kind, body = media_type(request.headers), request.body
    if not kind.startswith(_TEXT_TYPES) and not kind.endswith(("+json", "+xml")):
        return ""
    text = body[: 4 * MOST_SHOWN].decode("utf-8", "replace")
    is_cut = len(text) > MOST_SHOWN or len(body) > 4 * MOST_SHOWN
    return f": {text[:MOST_SHOWN]}{'…' if is_cut else ''}"
