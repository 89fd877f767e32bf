"""What the libraries under the wire raise, as a WireError in plain words."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from xchange_cli.wire.http import HttpRequest, WireError
from xchange_cli.wire.urls import shown_url

TROUBLES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError)
"""All that sending and receiving may raise."""


def wire_error(error: Exception, request: HttpRequest, peer: str, seconds: float) -> WireError:
    """Explain an error; `peer` is the host and port that was connected to, a proxy maybe, `seconds` the time given."""
    kind, message = _explained(error, peer, seconds)
    return WireError(kind, f"{request.method} {shown_url(request.url)}: {message}")


def timed_out(request: HttpRequest, seconds: float) -> WireError:
    return WireError(
        "timeout",
        f"{request.method} {shown_url(request.url)}: there was no whole response after {seconds:.3g} s",
    )


def _explained(error: Exception, peer: str, seconds: float) -> tuple[str, str]:
    match error:
        case httpx.ConnectTimeout():
            return "timeout", f"{peer} did not answer within {seconds:.3g} s"
        case httpx.TimeoutException():
            return "timeout", f"there was no whole response after {seconds:.3g} s"
        case httpx.ProxyError():
            return "connection-failed", f"the proxy {peer} refused to connect: {error}"
        case httpx.LocalProtocolError() | httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return "bad-request", f"this cannot be sent: {error}"
        case httpx.RemoteProtocolError():
            return "broken-response", _protocol_message(str(error), peer)
    return _broken_connection(error, peer)


def _broken_connection(error: Exception, peer: str) -> tuple[str, str]:
    """Look for what the operating system or the TLS library said first."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and not isinstance(error, httpx.ReadError):
            return "tls-failed", _tls_message(cause, peer)
        if isinstance(cause, socket.gaierror):
            message = f"the name of {peer} cannot be found; check its spelling and your network"
            return "connection-failed", message
        if isinstance(cause, ConnectionRefusedError):
            return "connection-failed", f"{peer} refused the connection; nothing may be listening there"
    reasons = (cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror)
    reason = "".join(f": {found}" for found in list(reasons)[:1])
    if isinstance(error, httpx.ConnectError | OSError):
        return "connection-failed", f"{peer} cannot be reached{reason}"
    return "broken-response", f"the connection with {peer} broke off{reason}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it; libraries wrap each other's."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _protocol_message(message: str, peer: str) -> str:
    if "complete message body" in message or "incomplete chunked read" in message:
        return f"the response of {peer} ends too early"
    if "without sending a response" in message:
        return f"{peer} closed the connection without a response"
    return f"what {peer} sent is not HTTP: {message}"


def _tls_message(error: ssl.SSLError, peer: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"the TLS certificate of {peer} is not trusted: {error.verify_message.rstrip('.')}; if it should be, "
            "name a file with its authority's certificate in SSL_CERT_FILE, or let the step ignore TLS errors"
        )
    reason = (error.reason or "").replace("_", " ").lower()
    if reason in {"wrong version number", "record layer failure", "http request"}:
        return f"{peer} does not speak TLS; the URL may have to start with http://"
    return f"there is no TLS connection with {peer}" + (f": {reason}" if reason else "")
