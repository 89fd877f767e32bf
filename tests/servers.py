"""A real HTTP server on this machine that misbehaves on demand.

Tests say what it does for each path; what it was asked is in `requests`. It serves one connection a thread, gives up
after a few seconds, and ends with its test.
"""

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest

PATIENCE = 30.0
"""Seconds after which a connection is given up, whatever is due on it."""

_TLS_STARTS_WITH = b"\x16"


class Got(NamedTuple):
    """A request as it came; names of headers are in lower case, of equal ones the last counts."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return self.target if self.method == "CONNECT" else urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Exchange(NamedTuple):
    """What an answer may do: look at the request, write, wait for the client to hang up."""

    got: Got
    connection: socket.socket
    has_ended: threading.Event

    def write(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait_for_hanging_up(self, seconds: float = PATIENCE) -> bool:
        """Tell whether the client has hung up within the time."""
        self.connection.settimeout(seconds)
        try:
            return self.connection.recv(1) == b""
        except TimeoutError:
            return self.has_ended.is_set()


Answer = Callable[[Exchange], bool]
"""Answers, and tells whether the connection may be used again."""


def answer(
    status: int = 200,
    body: Any = b"",
    *headers: tuple[str, str],
    reason: str = "Whatever",
    length: int | None = None,
) -> Answer:
    """Give a whole response; bodies other than bytes are sent as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    types = () if isinstance(body, bytes) else (("Content-Type", "application/json"),)
    lines = [
        f"HTTP/1.1 {status} {reason}",
        *(f"{name}: {value}" for name, value in (*types, *headers)),
        f"Content-Length: {len(data) if length is None else length}",
    ]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"

    def give(exchange: Exchange) -> bool:
        exchange.write(head if exchange.got.method == "HEAD" else head + data)
        return length is None

    return give


def echo(exchange: Exchange) -> bool:
    """Answer with the request as JSON."""
    got = exchange.got
    told = {
        "method": got.method,
        "path": got.path,
        "query": got.query,
        "headers": dict(got.headers),
        "body": got.body.decode("utf-8", "backslashreplace"),
    }
    return answer(200, told)(exchange)


def redirect(status: int, location: str) -> Answer:
    return answer(status, b"moved", ("Location", location))


def raw(data: bytes) -> Answer:
    """Write just these bytes and hang up."""

    def give(exchange: Exchange) -> bool:
        exchange.write(data)
        return False

    return give


def hang(exchange: Exchange) -> bool:
    """Say nothing."""
    exchange.wait_for_hanging_up()
    return False


def drip(start: bytes, drop: bytes) -> Answer:
    """Write a start and then a drop every 10 ms for as long as somebody listens."""

    def give(exchange: Exchange) -> bool:
        exchange.write(start)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not exchange.wait_for_hanging_up(0.01):
            exchange.write(drop)
        return False

    return give


def hang_up(_exchange: Exchange) -> bool:
    """Close the connection without a word."""
    return False


@dataclass
class Server:
    """What a path answers is set with `on`; of several answers each is given once, the last again and again."""

    tls: ssl.SSLContext | None = None
    requests: list[Got] = field(default_factory=list)
    connections: int = 0
    _answers: dict[str, list[Answer]] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)
    _open: set[socket.socket] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        """Set what a path answers, and give its URL."""
        self._answers[path] = list(answers)
        return self.url(path)

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, connection, self.connections)

    def _serve(self, connection: socket.socket, number: int) -> None:
        with contextlib.ExitStack() as open_now, contextlib.suppress(OSError, ValueError):
            open_now.enter_context(connection)
            connection.settimeout(PATIENCE)
            if self.tls is not None:
                connection = open_now.enter_context(self.tls.wrap_socket(connection, server_side=True))
            with self._lock:
                self._open.add(connection)
            open_now.callback(self._forget, connection)
            reader = open_now.enter_context(connection.makefile("rb"))
            while (got := _read(reader, number)) is not None:
                if isinstance(got, bytes):
                    connection.sendall(got)
                    return
                self.requests.append(got)
                if not self._answer(got)(Exchange(got, connection, self._ended)):
                    return

    def _forget(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def _answer(self, got: Got) -> Answer:
        with self._lock:
            answers = self._answers.get(got.path, [])
            return answers.pop(0) if len(answers) > 1 else answers[0] if answers else echo


def _read(reader: Any, number: int) -> Got | bytes | None:
    """Read a request; gives None at the end, and what to answer to one that is none."""
    if reader.peek(1)[:1] == _TLS_STARTS_WITH:
        return b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    line = reader.readline(65_536)
    if not line:
        return None
    method, target, _ = line.decode("latin-1").split(" ")
    headers: dict[str, str] = {}
    while (line := reader.readline(65_536).decode("latin-1").strip("\r\n")) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = reader.read(int(headers.get("content-length", "0")))
    return Got(method, target, headers, body, number)


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(tls)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started
