"""Redirects: followed as browsers and Node.js clients do, within one time limit."""

import time
from collections.abc import Callable
from urllib.parse import urljoin

from xchange_cli.wire.http import (
    DEFAULT_TERMS,
    HttpClient,
    HttpRequest,
    HttpResponse,
    Terms,
    WireError,
)
from xchange_cli.wire.sensitive import is_sensitive
from xchange_cli.wire.urls import parsed_url, shown_url

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, bytes, int]


class FollowingHttp:
    """Sends each request with `hop`, and where it is redirected again, up to `terms.most_redirects` times.

    `before` is called before each hop with what will be sent, and may refuse by raising a WireError. With no
    redirects allowed a redirect is a response like any other.

    303, and 301 and 302 of a POST, go on with GET and without body. Whoever proves who he is does so to one origin:
    headers that look like it, or that the request calls a proof, are dropped when another one is asked, except where a host only moves to HTTPS.
    """

    def __init__(self, hop: HttpClient, before: Callable[[HttpRequest], None]) -> None:
        self._hop = hop
        self._before = before

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        """Make an exchange with all its hops.

        Raises:
            WireError: where there is no whole response, redirects lead on and on or to what is not HTTP, or `before`
                refuses.

        """
        end = time.monotonic() + terms.seconds
        response = self._sent(request, terms)
        for _ in range(terms.most_redirects):
            target = _target(response)
            if target is None:
                return response
            request = _redirected(request, response, target)
            left = end - time.monotonic()
            if left <= 0:
                raise _error(request, "timeout", f"redirects took longer than {terms.seconds:.3g} s")
            response = self._sent(request, terms._replace(seconds=left))
        if terms.most_redirects and _target(response) is not None:
            message = f"this is where redirect {terms.most_redirects} led, and no more are followed"
            raise _error(request, "too-many-redirects", message)
        return response

    def _sent(self, request: HttpRequest, terms: Terms) -> HttpResponse:
        self._before(request)
        return self._hop.send(request, terms)


def _target(response: HttpResponse) -> str | None:
    """Give where a response points to, if it is a redirect."""
    return response.header("Location") or None if response.status in _REDIRECTS else None


def _redirected(request: HttpRequest, response: HttpResponse, location: str) -> HttpRequest:
    try:
        url = urljoin(request.url, location)
        old, new = _origin(request.url), _origin(url)
    except (ValueError, WireError) as error:
        reason = error.message if isinstance(error, WireError) else f'"{location}" is not a URL'
        raise _error(request, "bad-request", f"it is redirected, but {reason}") from error
    is_rewritten = _becomes_get(request.method.upper(), response.status)
    headers = tuple(
        (name, value)
        for name, value in request.headers
        if not (is_rewritten and name.lower().startswith("content-"))
        and not (old != new and (name.lower() == "host" or _is_withheld(request, name, old, new)))
    )
    redirected = request._replace(url=url, headers=headers)
    return redirected._replace(method="GET", body=b"") if is_rewritten else redirected


def _becomes_get(method: str, status: int) -> bool:
    return (status == 303 and method not in {"GET", "HEAD"}) or (status in {301, 302} and method == "POST")


def _is_withheld(request: HttpRequest, name: str, old: Origin, new: Origin) -> bool:
    moves_to_tls = (
        old[1] == new[1] and (old[0], old[2]) == ("http", 80) and (new[0], new[2]) == ("https", 443)
    )
    return (is_sensitive(name) or name.lower() in request.proof) and not moves_to_tls


def _origin(url: str) -> Origin:
    parsed = parsed_url(url)
    return parsed.scheme, parsed.raw_host, parsed.port or _PORTS[parsed.scheme]


def _error(request: HttpRequest, kind: str, message: str) -> WireError:
    return WireError(kind, f"{request.method} {shown_url(request.url)}: {message}")
