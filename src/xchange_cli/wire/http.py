"""HTTP as data: what is sent, on which terms, what comes back, and how it can go wrong."""

from typing import NamedTuple, Protocol

Headers = tuple[tuple[str, str], ...]
"""Names as they are written, in order; a name may occur more than once."""

MOST_BYTES = 500 * 1024 * 1024
"""Of a response body: what hosted platforms let a step's result have."""


class HttpRequest(NamedTuple):
    """`url` is absolute, with its query.

    `proof` has the names, in lower case, of headers that prove who sends it though they may not look like it.
    """

    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""
    proof: frozenset[str] = frozenset()


class Terms(NamedTuple):
    """How a request is made. `seconds` is for the whole exchange, redirects included.

    `ca` is PEM text of certificates to trust in place of the system's; `certificate` and `key` are PEM texts with
    which the client shows who it is.
    """

    seconds: float = 60.0
    most_redirects: int = 20
    verifies: bool = True
    ca: str = ""
    certificate: str = ""
    key: str = ""
    most_bytes: int = MOST_BYTES


DEFAULT_TERMS = Terms()


class HttpResponse(NamedTuple):
    """`url` is where the response came from, after redirects; the body is decoded as `Content-Encoding` says."""

    status: int
    reason: str
    headers: Headers
    body: bytes
    url: str

    def header(self, name: str) -> str | None:
        """Give the first header of this name, in whatever case it was written."""
        lowered = name.lower()
        return next((value for key, value in self.headers if key.lower() == lowered), None)


class WireError(Exception):
    """Nothing usable came back, or nothing was sent.

    `kind`: connection-failed, timeout, broken-response, too-large, tls-failed, too-many-redirects, bad-request,
    write-blocked, network-denied, not-recorded. `is_final`: the flow's own error handling may not go on, since the
    flow is not to blame. `input_key` and `offset` give the place that asked, where it is known.
    """

    input_key: str = ""
    offset: int | None = None

    def __init__(self, kind: str, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.is_final = is_final


class HttpClient(Protocol):
    """Makes exchanges; one a run, so that connections are used again."""

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        """Make one exchange; any status is a response.

        Raises:
            WireError: where there is no whole response.

        """
        ...
