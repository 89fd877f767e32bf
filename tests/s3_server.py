"""S3 on this machine over the wire, as a test wants it to answer."""

import threading
import warnings
from collections import deque
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import NamedTuple

import pytest

from aws_server import REGION, bare_aws
from stores import Place

__all__ = ["bare_aws"]

_NUMBERS = count(1)


class Answer(NamedTuple):
    """What is answered to the next request of a method, in place of doing it or, with `is_done`, after it was done."""

    status: int
    code: str
    method: str = "PUT"
    is_done: bool = False
    message: str = ""


class Wire:
    """All requests, one after the other as S3 orders them: moto looks and writes in two steps.

    `requests` are the methods and paths; `ignored` are headers and parameters that never arrive.
    """

    def __init__(self, app) -> None:
        self._app = app
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.requests: list[str] = []
        self.answers: deque[Answer] = deque()
        self.ignored: set[str] = set()

    def __call__(self, environ, start_response):
        with self._lock:
            method = environ["REQUEST_METHOD"]
            self.requests.append(f"{method} {environ['PATH_INFO']}")
            for ignored in self.ignored:
                environ.pop(ignored, None)
                query = environ["QUERY_STRING"].split("&")
                environ["QUERY_STRING"] = "&".join(part for part in query if not part.startswith(ignored))
            if not self.answers or self.answers[0].method != method:
                return list(self._app(environ, start_response))
            answer = self.answers.popleft()
            if answer.is_done:
                list(self._app(environ, lambda *_arguments: None))
            else:
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return _answered(answer, start_response)


def _answered(answer: Answer, start_response) -> list[bytes]:
    body = f"<Error><Code>{answer.code}</Code><Message>{answer.message}</Message></Error>".encode()
    start_response(f"{answer.status} X", [("Content-Type", "text/xml"), ("Content-Length", str(len(body)))])
    return [body]


@cache
def client(url: str):
    import botocore.session

    return botocore.session.Session().create_client(
        "s3", REGION, endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test"
    )


@pytest.fixture(scope="session")
def s3_server():
    with serving_s3() as server:
        yield server


@contextmanager
def serving_s3():
    """Serve on this machine; gives the wire and the URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from moto.server import MotoRequestHandler, create_backend_app
        from werkzeug.serving import make_server

        class Silent(MotoRequestHandler):
            def log_request(self, *_arguments):
                pass

        wire = Wire(create_backend_app("s3"))  # moto's own choice of a service takes longer than most answers
        server = make_server("127.0.0.1", 0, wire, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield wire, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def s3_wire(s3_server, s3_environment):
    wire, _ = s3_server
    wire.forget()
    yield wire
    wire.forget()


@pytest.fixture
def s3_environment(s3_server, bare_aws, monkeypatch):
    """Let the environment name the server and an access key."""
    values = environment(s3_server[1])
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


def environment(url):
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLEEXAMPLE00",
        "AWS_SECRET_ACCESS_KEY": "a-very-secret-key",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@pytest.fixture
def s3_place(s3_server, s3_wire, tmp_path):
    """A place in a new bucket, which has nothing else in it."""
    place = new_place(s3_server[1], tmp_path)
    s3_wire.forget()
    return place


def new_place(url, root):
    bucket = f"registry-{next(_NUMBERS)}"
    client(url).create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    return Place(f"s3://{bucket}/team/registry", root)
