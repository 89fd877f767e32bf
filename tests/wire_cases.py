"""Exchanges as tests of recordings need them, and a client that answers from a list."""

from xchange_cli.redaction import Redactor, Secret
from xchange_cli.wire.http import DEFAULT_TERMS, HttpRequest, HttpResponse, WireError
from xchange_cli.wire.recording import RecordingHttp
from xchange_cli.wire.replaying import ReplayingHttp

API = "https://api.acme.test"
JSON = ("Content-Type", "application/json")
FORM = ("Content-Type", "application/x-www-form-urlencoded")


class Answers:
    """Gives one answer after the other; an exception is raised."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.seen = []
        self.is_closed = False

    def send(self, request, terms=DEFAULT_TERMS):
        self.seen.append((request, terms))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer._replace(url=request.url)

    def close(self):
        self.is_closed = True


def get(path="/items", *headers):
    return HttpRequest("GET", API + path, headers)


def post(body, *headers, path="/items"):
    return HttpRequest("POST", API + path, headers or (JSON,), body)


def ok(body=b"", *headers, status=200):
    return HttpResponse(status, "OK", headers or (JSON,), body, "")


def recorded(*pairs, secrets=(), **limits):
    """Record these requests and answers; gives the exchanges."""
    client = recording(*pairs, secrets=secrets, **limits)
    return client.exchanges()


def recording(*pairs, secrets=(), **limits):
    redactor = Redactor(Secret(*secret) for secret in secrets)
    client = RecordingHttp(Answers(*(answer for _, answer in pairs)), redactor, **limits)
    for request, _ in pairs:
        try:
            client.send(request)
        except WireError:
            continue
    return client


def replaying(exchanges, secrets=()):
    given = [Secret(*secret) for secret in secrets]
    return ReplayingHttp(exchanges, Redactor(given), "recordings/flow.json", secrets=given)
