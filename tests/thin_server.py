"""A server for one route, to see what a client sends and how it takes answers that a good server does not give."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CHUNK = bytes(64 * 1024)


class Seen:
    """What the server was asked for: method, path, and how many bytes the bodies had."""

    def __init__(self):
        self.requests = []
        self.body_bytes = 0


@contextmanager
def thin_server(answer):
    """Serve on this machine; `answer(handler)` writes each answer. Gives the URL and what was seen."""
    seen = Seen()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            seen.requests.append((self.command, self.path))
            left = int(self.headers.get("Content-Length", 0))
            while left:
                left -= len(self.rfile.read(min(left, len(CHUNK))))
            seen.body_bytes += int(self.headers.get("Content-Length", 0))
            answer(self)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer  # noqa: N815 -- names of the library

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(handler, body=b"", status=200, **headers):
    """Write a whole answer."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def stream(handler, size, promised=None):
    """Write zeros, without having them in memory."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(size if promised is None else promised))
    handler.end_headers()
    for _ in range(size // len(CHUNK)):
        handler.wfile.write(CHUNK)
    if promised is not None:
        handler.close_connection = True
