"""`docs --serve`: a page on this machine that is made anew when a file changes, until Ctrl-C."""

import hashlib
import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, NoReturn

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.stamps import Stamp

INTERVAL = 0.3
"""Seconds between two looks at the files."""

ADDRESS = "127.0.0.1"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""What a browser may do for a page that is served: besides what it may for a file, load it again."""

_LOADER = "/reload.js"
HEAD = f'<script src="{_LOADER}" defer></script>\n'
"""What a page needs in its head to be loaded again."""

_ALIVE = 15.0
"""Seconds after which a page is told that nothing has happened: so the server learns that it was closed."""

_SCRIPT = """\
const shown = new URL(document.currentScript.src).search.slice(1);
new EventSource("/events").addEventListener("page", (event) => {
  if (event.data !== shown) location.reload();
});
"""
_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}


class Page(NamedTuple):
    """`version` is another one when the text is."""

    text: str
    is_good: bool

    @property
    def version(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


class Pages:
    """Makes the page when it is asked for and the files have changed since the last time.

    `make` gives the page and must not raise; `stamp` tells the state of the files.
    """

    def __init__(self, make: Callable[[], Page], stamp: Callable[[], Stamp]) -> None:
        self._make = make
        self._stamp = stamp
        self._lock = threading.Lock()
        self._made: tuple[Stamp, Page] | None = None

    def now(self) -> Page:
        with self._lock:
            stamp = self._stamp()
            if self._made is None or self._made[0] != stamp:
                self._made = stamp, self._make()
            return self._made[1]


def serve(pages: Pages, port: int) -> NoReturn:
    """Serve the page; only for this machine, and only under its own names.

    Raises:
        XchangeError: UNREADABLE when the port cannot be used.

    """
    try:
        server = _Server((ADDRESS, port), _Handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"port {port} cannot be used: {reason}",
            hint="Leave out --port: any free one is taken.",
        ) from error
    with server:
        server.pages = pages
        sys.stdout.write(f"http://{ADDRESS}:{server.server_port}/\n")
        sys.stdout.flush()
        sys.stderr.write("the page is loaded again when a file changes; Ctrl-C ends\n")
        sys.stderr.flush()
        server.serve_forever(poll_interval=INTERVAL)
    raise AssertionError("a server ends by Ctrl-C only")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = sys.platform != "win32"  # there it would share the port of another program
    pages: Pages

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that hang up."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "xchange"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if self._names_us():
            self._answer()

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Requests of a page to itself are no news."""

    def _names_us(self) -> bool:
        """Refuse a page of another site that has let its name lead here."""
        port = self.server.server_port
        if self.headers.get("Host", "").lower() in {f"{ADDRESS}:{port}", f"localhost:{port}"}:
            return True
        self._send(HTTPStatus.FORBIDDEN, "text", f"This is only for http://{ADDRESS}:{port}/.\n")
        return False

    def _answer(self) -> None:
        match self.path.partition("?")[0]:
            case "/":
                page = self.server.pages.now()
                status = HTTPStatus.OK if page.is_good else HTTPStatus.INTERNAL_SERVER_ERROR
                self._send(status, "html", page.text.replace(_LOADER, f"{_LOADER}?{page.version}", 1))
            case "/reload.js":
                self._send(HTTPStatus.OK, "js", _SCRIPT)
            case "/events":
                self._tell()
            case _:
                self._send(HTTPStatus.NOT_FOUND, "text", "Here is only the page at /.\n")

    def _send(self, status: HTTPStatus, kind: str, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", _TYPES[kind])
        self.send_header("Content-Length", str(len(data)))
        self._finish_head()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _finish_head(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", f"{POLICY}; frame-ancestors 'none'")
        self.end_headers()

    def _tell(self) -> None:
        """Tell the version of the page now, and whenever there is another one, until the browser hangs up."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self._finish_head()
        told, last = "", time.monotonic()
        while self.command != "HEAD":
            version = self.server.pages.now().version
            if version != told or time.monotonic() - last > _ALIVE:
                line = ": nothing new" if version == told else f"event: page\ndata: {version}"
                self.wfile.write(f"{line}\n\n".encode())
                told, last = version, time.monotonic()
            time.sleep(INTERVAL)
