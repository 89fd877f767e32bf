"""`xchange docs --serve` as a process of its own, as tests see it."""

import http.client
import queue
import signal
import threading
from contextlib import contextmanager

from conftest import start_process
from documented import KEY

PATIENCE = 30
"""Seconds after which something will never come."""


class Served:
    """A process that serves; `port` is the one that it prints."""

    def __init__(self, *arguments, cwd):
        self.process = start_process("docs", KEY, "--serve", *arguments, cwd=cwd)
        self._lines = queue.SimpleQueue()
        for stream in (self.process.stdout, self.process.stderr):
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()
        lines = {self.line(), self.line()}
        self.url = next(line for line in lines if line.startswith("http://127.0.0.1:"))
        assert lines == {self.url, "the page is loaded again when a file changes; Ctrl-C ends"}
        self.port = int(self.url.rstrip("/").rpartition(":")[2])

    def _read(self, stream):
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def line(self):
        return self._lines.get(timeout=PATIENCE)

    def ask(self, path="/", *, host=None, method="GET"):
        """Give status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        try:
            return (
                answer.status,
                answer.headers,
                answer.read(int(answer.headers["Content-Length"] or 0)).decode(),
            )
        finally:
            connection.close()


@contextmanager
def serving(*arguments, cwd):
    """Serve the page of the integration in a folder; the process ends with the block."""
    served = Served(*arguments, cwd=cwd)
    try:
        yield served
    finally:
        served.process.send_signal(signal.SIGINT)
        try:
            served.process.wait(PATIENCE)
        finally:
            served.process.kill()
        served.process.stdout.close()
        served.process.stderr.close()
