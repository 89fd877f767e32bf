"""The write guard at requests: what passes, and what is said of what does not."""

import pytest

from servers import redirect, server
from xchange_cli.engine.context import LiveContext
from xchange_cli.engine.driver import SystemClock
from xchange_cli.engine.events import StepCall
from xchange_cli.engine.world import World
from xchange_cli.wire.guard import Sender, WriteGuard
from xchange_cli.wire.guarded import TokenRequest, described, require_permission
from xchange_cli.wire.http import HttpRequest, Terms, WireError
from xchange_cli.wire.live import LiveHttp

__all__ = ["server"]
SENDER = Sender("postOrder", "Post Order", ("Acme",))


def refusal(request, *allowed):
    try:
        require_permission(request, WriteGuard(allowed), lambda: SENDER)
    except WireError as error:
        return error.kind, error.is_final
    return None


BLOCKED = ("write-blocked", True)


@pytest.mark.parametrize(
    ("method", "url", "expected"),
    [
        ("GET", "https://api.acme.test/", None),
        ("head", "https://api.acme.test/", None),
        ("OPTIONS", "https://api.acme.test/", None),
        ("POST", "https://api.acme.test/", BLOCKED),
        ("DELETE", "https://api.acme.test/", BLOCKED),
        ("PROPFIND", "https://api.acme.test/", BLOCKED),
        ("POST", "http://127.0.0.1:80/", None),
        ("POST", "http://LOCALHOST/", None),
        ("POST", "http://[::1]:80/", None),
        ("POST", "http://localhost@api.acme.test/", BLOCKED),
        ("POST", "http://api.acme.test#@localhost/", BLOCKED),
        ("POST", "http://api.acme.test?@localhost/", BLOCKED),
        ("POST", "http://localhost.acme.test/", BLOCKED),
    ],
)
def test_reading_and_this_machine_need_no_permission(method, url, expected):
    assert refusal(HttpRequest(method, url)) == expected


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "x-http-method", "X-METHOD-OVERRIDE"])
@pytest.mark.parametrize(("method", "expected"), [("DELETE", BLOCKED), (" patch ", BLOCKED), ("get", None)])
def test_a_method_in_a_header_counts_as_well(name, method, expected):
    assert refusal(HttpRequest("GET", "https://api.acme.test/", ((name, method),))) == expected


@pytest.mark.parametrize("allowed", ["*", "*.acme.test", "API.acme.test", "postOrder", "Post Order", "Acme"])
def test_a_pattern_allows_writing(allowed):
    assert refusal(HttpRequest("POST", "https://api.acme.test/"), allowed) is None


def test_asking_for_a_token_needs_no_permission():
    assert refusal(TokenRequest("POST", "https://login.acme.test/token")) is None
    assert refusal(HttpRequest(*TokenRequest("POST", "https://login.acme.test/token"))) == BLOCKED


def test_what_is_no_url_is_not_asked_about():
    assert refusal(HttpRequest("POST", "orders")) == ("bad-request", False)


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("", b"", "(without body)"),
        ("application/json", b'{"id": 1}', '(9 bytes of application/json: {"id": 1})'),
        ("text/plain; charset=utf-8", b"a", "(1 byte of text/plain; charset=utf-8: a)"),
        ("text/plain", b"a" * 201, f"(201 bytes of text/plain: {'a' * 200}…)"),
        ("text/plain", "ä".encode() * 5000, f"(10000 bytes of text/plain: {'ä' * 200}…)"),
        ("application/vnd.acme+json", b"1", "(1 byte of application/vnd.acme+json: 1)"),
        ("image/png", b"\x89PNG", "(4 bytes of image/png)"),
        ("", b"abc", "(3 bytes)"),
    ],
)
def test_what_would_be_sent_is_described(content_type, body, expected):
    headers = (("content-type", content_type),) if content_type else ()
    request = HttpRequest("post", "https://ada:pass@api.acme.test/orders?page=1&api_key=x#top", headers, body)

    assert described(request) == f"POST https://api.acme.test/orders?page=1&api_key=… {expected}"


@pytest.fixture
def context():
    world = World(http=LiveHttp)
    made = LiveContext(
        config={}, payload={}, execution={}, clock=SystemClock(), deadline=float("inf"), world=world
    )
    inputs = {"connection": {"configVarKey": "Acme", "fields": {}}}
    made.begin(StepCall("post", "post", "http", "httpPost", inputs, 1, {}, step_name="Post"))
    yield made
    world.close()


def test_a_step_writes_where_it_may_and_reads_where_it_likes(context, server):
    assert context.http.send(HttpRequest("POST", server.url("/a"))).status == 200


def test_a_step_says_what_it_was_kept_from_sending(context):
    with pytest.raises(WireError) as caught:
        context.http.send(HttpRequest("POST", "https://api.acme.test/orders", (), b"abc"))

    assert (caught.value.kind, caught.value.is_final) == BLOCKED
    assert caught.value.message.startswith("POST https://api.acme.test/orders (3 bytes) ")
    assert "--allow-writes=api.acme.test" in caught.value.message


def test_a_redirect_does_not_lead_around_the_guard(context, server):
    server.on("/a", redirect(307, "https://api.acme.test/orders"))

    with pytest.raises(WireError) as caught:
        context.http.send(HttpRequest("POST", server.url("/a"), (), b"abc"), Terms(seconds=5))
    assert caught.value.kind == "write-blocked"
    assert len(server.requests) == 1
