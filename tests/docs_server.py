"""`xchange docs --serve` as a process of its own, as tests see it."""

import http.client
from contextlib import contextmanager

from documented import KEY
from following import PATIENCE, Following


class Served(Following):
    """A process that serves; `port` is the one that it prints."""

    def __init__(self, *arguments, cwd):
        super().__init__("docs", KEY, "--serve", *arguments, cwd=cwd)
        lines = {self.line(), self.line()}
        self.url = next(line for line in lines if line.startswith("http://127.0.0.1:"))
        assert lines == {self.url, "the page is loaded again when a file changes; Ctrl-C ends"}
        self.port = int(self.url.rstrip("/").rpartition(":")[2])

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
        served.end()
