"""HTTP over real connections."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.wire.deadline import Deadline
from xchange_cli.wire.guard import is_loopback
from xchange_cli.wire.http import DEFAULT_TERMS, Headers, HttpRequest, HttpResponse, Terms, WireError
from xchange_cli.wire.inflate import CODINGS, BrokenCodingError, codings_of, inflated
from xchange_cli.wire.urls import parsed_url, shown_url

if TYPE_CHECKING:
    import httpx

KEEP_ALIVE = 4.0
"""Seconds that an idle connection is kept: less than the five after which many servers close theirs."""

_HEADERS = "xchange headers"
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_VALUE = re.compile(r"[^\t\x20-\x7e\x80-\xff]")
_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS"})
_FRAMING = frozenset({"content-length", "transfer-encoding", "accept-encoding"})


class _Kind(NamedTuple):
    """What requests must have in common to share a pool of connections."""

    has_tls: bool
    uses_proxy: bool
    verifies: bool
    ca: str
    certificate: str
    key: str


class LiveHttp:
    """Makes one exchange for each request: it follows no redirect and keeps no cookie.

    Proxies are those that the environment names (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY); hosts of this machine
    are reached without. The length of the body and the codings of the response are its own business, so headers
    of the request that speak of them are replaced.
    """

    def __init__(self) -> None:
        self._clients: dict[_Kind, httpx.Client] = {}
        self._deadline = Deadline()

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        """Make one exchange; any status is a response, also a redirect.

        Raises:
            WireError: where there is no whole response within `terms.seconds`.

        """
        url = parsed_url(request.url)
        client = self._client(url, terms)
        sent = _built(request, url, terms.seconds)
        self._deadline.begin(terms.seconds)
        with self._explaining(request, url, terms), closing(self._sent(client, sent)) as response:
            body = self._body(request, response, terms)
        headers = tuple((_text(name), _text(value)) for name, value in response.extensions[_HEADERS])
        return HttpResponse(response.status_code, response.reason_phrase, headers, body, request.url)

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _client(self, url: "httpx.URL", terms: Terms) -> "httpx.Client":
        uses_proxy = not is_loopback(url.raw_host.decode("ascii", "replace"))
        if url.scheme == "http":
            kind = _Kind(has_tls=False, uses_proxy=uses_proxy, verifies=True, ca="", certificate="", key="")
        else:
            kind = _Kind(True, uses_proxy, terms.verifies, terms.ca, terms.certificate, terms.key)
        if kind not in self._clients:
            self._clients[kind] = _made(kind, terms, self._deadline)
        return self._clients[kind]

    def _sent(self, client: "httpx.Client", request: "httpx.Request") -> "httpx.Response":
        """Send, and where a kept connection turns out to be closed send what only reads once more."""
        import httpx

        try:
            return client.send(request, stream=True)
        except (httpx.RemoteProtocolError, httpx.NetworkError):
            was_kept = not self._deadline.peer
            if not was_kept or request.method not in _REPEATABLE:
                raise
            return client.send(request, stream=True)

    def _body(self, request: HttpRequest, response: "httpx.Response", terms: Terms) -> bytes:
        """Read and decode the body, no more of it than the terms allow."""
        declared = response.headers.get("content-length", "")
        is_sent = request.method.upper() != "HEAD"
        if is_sent and declared.isdecimal() and int(declared) > terms.most_bytes:
            raise _too_large(request, terms)
        body = BytesIO()
        codings = codings_of(response.headers.get("content-encoding", ""))
        for piece in inflated(response.iter_raw(), codings, lambda: self._check(request, terms)):
            if body.tell() + len(piece) > terms.most_bytes:
                raise _too_large(request, terms)
            body.write(piece)
        return body.getvalue()

    def _check(self, request: HttpRequest, terms: Terms) -> None:
        if self._deadline.left <= 0:
            from xchange_cli.wire.trouble import timed_out

            raise timed_out(request, terms.seconds)

    @contextmanager
    def _explaining(self, request: HttpRequest, url: "httpx.URL", terms: Terms) -> Iterator[None]:
        from xchange_cli.wire.trouble import TROUBLES, wire_error

        try:
            yield
        except BrokenCodingError as error:
            message = f"{request.method} {shown_url(request.url)}: the response is broken: {error}"
            raise WireError("broken-response", message) from error
        except TROUBLES as error:
            peer = self._deadline.peer or url.netloc.decode("ascii")
            raise wire_error(error, request, peer, terms.seconds) from error


def _made(kind: _Kind, terms: Terms, deadline: Deadline) -> "httpx.Client":
    """Make a client; one for plain HTTP trusts no certificate, so that it need not read any."""
    import ssl
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    import httpx

    from xchange_cli.wire.bounded_network import hold_to
    from xchange_cli.wire.tls import tls_context

    context = tls_context(terms) if kind.has_tls else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        client = httpx.Client(
            verify=context,
            trust_env=kind.uses_proxy,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(keepalive_expiry=KEEP_ALIVE),
            follow_redirects=False,
            event_hooks={"response": [_without_location]},
            http2=False,
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        message = f"the proxy that the environment names cannot be used: {error}"
        raise WireError("connection-failed", message) from error
    hold_to(client, deadline)
    return client


def _without_location(response: "httpx.Response") -> None:
    """Put the headers aside: httpx looks where a redirect leads though it does not follow it, and fails on nonsense."""
    response.extensions[_HEADERS] = response.headers.raw
    response.headers.pop("Location", None)


def _built(request: HttpRequest, url: "httpx.URL", seconds: float) -> "httpx.Request":
    import httpx

    if not _TOKEN.fullmatch(request.method):
        raise WireError("bad-request", f'"{request.method}" is not an HTTP method')
    headers = [_header(name, value) for name, value in request.headers if name.lower() not in _FRAMING]
    headers.append((b"Accept-Encoding", _acceptable(request.headers).encode()))
    timeout = httpx.Timeout(max(seconds, 0.0)).as_dict()
    content = request.body or None
    return httpx.Request(
        request.method, url, headers=headers, content=content, extensions={"timeout": timeout}
    )


def _header(name: str, value: str) -> tuple[bytes, bytes]:
    """Write a header; blanks around the value do not belong to it.

    Raises:
        WireError: `bad-request` for what would not stay one header.

    """
    if not _TOKEN.fullmatch(name):
        raise WireError("bad-request", f"{name!r} cannot be the name of a header")
    trimmed = value.strip(" \t\r\n")
    strange = _NOT_IN_VALUE.search(trimmed)
    if strange is not None:
        raise WireError("bad-request", f"the header {name} holds {strange[0]!r}, which no header can")
    return name.encode("ascii"), trimmed.encode("latin-1")


def _acceptable(headers: Headers) -> str:
    """Give the codings to ask for: of those that the request names, if it does, the ones that are known here."""
    asked = [value for name, value in headers if name.lower() == "accept-encoding"]
    if not asked:
        return "gzip, deflate"
    words = (word.strip() for word in ",".join(asked).split(","))
    known = [word for word in words if word.partition(";")[0].strip().lower() in CODINGS]
    return ", ".join(known) or "identity"


def _too_large(request: HttpRequest, terms: Terms) -> WireError:
    return WireError(
        "too-large",
        f"{request.method} {shown_url(request.url)}: the response is larger than {terms.most_bytes} bytes",
    )


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
