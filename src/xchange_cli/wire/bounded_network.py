"""Connections that keep to the deadline of the whole exchange.

The libraries limit each single wait, so a peer that sends a byte now and then would never be given up.
"""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from xchange_cli.wire.deadline import Deadline

PIECE = 256 * 1024
"""Bytes to write at once: the libraries copy what is left of a buffer each time some of it was taken."""


def hold_to(client: httpx.Client, deadline: Deadline) -> None:
    """Let all connections that a client opens keep to a deadline.

    httpx hands no network backend to the pools of httpcore, which have a place for one: hence the private names.
    """
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001
        if isinstance(transport, httpx.HTTPTransport):
            transport._pool._network_backend = BoundedBackend(deadline)  # noqa: SLF001


class BoundedBackend(httpcore.NetworkBackend):
    """Opens connections. A name is looked up for as long as the operating system takes for it."""

    def __init__(self, deadline: Deadline) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        self._deadline.peer = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        left = self._deadline.left
        if left <= 0:
            raise httpcore.ConnectTimeout
        stream = self._inner.connect_tcp(host, port, left, local_address, socket_options)
        return BoundedStream(stream, self._deadline)


class BoundedStream(httpcore.NetworkStream):
    """A connection whose every wait is as long as the time that is left; the timeouts it is given do not count."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        left = self._deadline.left
        if left <= 0:
            raise httpcore.ReadTimeout
        return self._inner.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        for start in range(0, len(buffer), PIECE):
            left = self._deadline.left
            if left <= 0:
                raise httpcore.WriteTimeout
            self._inner.write(buffer[start : start + PIECE], left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        left = self._deadline.left
        if left <= 0:
            self.close()
            raise httpcore.ConnectTimeout
        return BoundedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
