"""`fetch` of code in Node.js: made by the run's own HTTP client, under its rules."""

from time import monotonic

import pytest

from contexts import RecordingContext
from node_programs import node_programs
from servers import answer, echo, redirect, server  # noqa: F401 - `server` is a fixture
from xchange_cli.components.builtin.code import run_code
from xchange_cli.components.spec import LogLine
from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.node import NodeWorker
from xchange_cli.wire.following import FollowingHttp
from xchange_cli.wire.guard import Sender, WriteGuard
from xchange_cli.wire.guarded import require_permission
from xchange_cli.wire.http import HttpResponse, WireError
from xchange_cli.wire.live import LiveHttp


@pytest.fixture(scope="module", params=node_programs())
def made(request):
    """A worker and a real client whose guard lets only loopback hosts be written to."""
    live = LiveHttp()
    guard = WriteGuard()
    http = FollowingHttp(
        live, lambda asked: require_permission(asked, guard, lambda: Sender("callApi", "Call API"))
    )
    worker = NodeWorker(request.param, http)
    yield worker, http
    worker.close()
    live.close()


@pytest.fixture
def worker(made):
    worker, http = made
    return worker.through(http)


def returned(worker, body, url=""):
    code = f"module.exports = async ({{ url }}) => {{ {body} }}"
    return worker.run_module(code, context={"url": url}, step_results={}, seconds=20).value


def test_a_request_is_sent_as_the_code_gives_it(worker, server):  # noqa: F811
    body = """const response = await fetch(url + '#part', { method: 'post', headers: { 'X-A': 'é' },
      body: JSON.stringify({ a: 'ü' }) }); return await response.json();"""

    told = returned(worker, body, server.on("/items?q=1", echo) or server.url("/items?q=1"))

    assert (told["method"], told["path"], told["query"], told["body"]) == (
        "POST",
        "/items",
        [["q", "1"]],
        '{"a":"ü"}',
    )
    kept = {name: told["headers"][name] for name in ("x-a", "content-type", "accept", "user-agent")}
    assert kept == {
        "x-a": "é",
        "content-type": "text/plain;charset=UTF-8",
        "accept": "*/*",
        "user-agent": "node",
    }


@pytest.mark.parametrize(
    ("given", "kind", "sent"),
    [
        (
            "new URLSearchParams({ a: 'b c' })",
            "application/x-www-form-urlencoded;charset=UTF-8",
            lambda body: body == b"a=b+c",
        ),
        ("new Uint8Array([0, 255])", None, lambda body: body == b"\x00\xff"),
        (
            "(() => { const form = new FormData(); form.set('f', new Blob(['x']), 'f.txt'); return form; })()",
            "multipart/form-data; boundary=",
            lambda body: b'name="f"; filename="f.txt"' in body,
        ),
    ],
    ids=["form", "bytes", "files"],
)
def test_bodies_of_every_kind_are_sent(worker, server, given, kind, sent):  # noqa: F811
    url = server.on("/", answer())

    returned(worker, f"await fetch(url, {{ method: 'PUT', body: {given} }});", url)

    got = server.requests[-1]
    assert (got.headers.get("content-type") or "").startswith(kind or "")
    assert sent(got.body)


def test_the_response_is_a_real_one(worker, server):  # noqa: F811
    url = server.on(
        "/a", answer(201, b"\xff\x00", ("X-B", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    )
    body = """const r = await fetch(url); const copy = r.clone();
      return { data: [r instanceof Response, r.status, r.ok, r.statusText, r.url === url, r.redirected, r.type,
        r.headers.get('x-b'), r.headers.getSetCookie(), copy.url === url,
        [...new Uint8Array(await r.arrayBuffer())], (await copy.blob()).size] };"""

    assert returned(worker, body, url)["data"] == [
        True, 201, True, "Whatever", True, False, "basic", "1", ["a=1", "b=2"], True, [255, 0], 2,
    ]  # fmt: skip


def test_a_response_without_body_has_none(worker, server):  # noqa: F811
    url = server.on("/", answer(204))

    assert returned(
        worker, "const r = await fetch(url); return [r.status, r.body, await r.text()];", url
    ) == [
        204,
        None,
        "",
    ]


def test_redirects_are_followed_refused_or_shown(worker, server):  # noqa: F811
    server.on("/new", answer(200, b"moved in"))
    url = server.on("/old", redirect(302, "/new"))
    body = """const followed = await fetch(url); const shown = await fetch(url, { redirect: 'manual' });
      const refused = await fetch(url, { redirect: 'error' }).catch((error) => error.cause.message);
      return [await followed.text(), followed.redirected, followed.url, shown.status, refused];"""

    assert returned(worker, body, url) == [
        "moved in",
        True,
        server.url("/new"),
        302,
        "unexpected redirect",
    ]


def test_several_requests_may_be_under_way(worker, server):  # noqa: F811
    url = server.on("/", *[answer(200, n) for n in range(5)])
    body = "return Promise.all([1, 2, 3, 4, 5].map(async () => (await fetch(url)).json()));"

    assert returned(worker, body, url) == [0, 1, 2, 3, 4]


def test_a_large_exchange_does_not_get_stuck(worker, server):  # noqa: F811
    url = server.on("/", answer(200, b"x" * 3_000_000))
    body = """const sent = { method: 'POST', body: 'y'.repeat(3e6) };
      const texts = await Promise.all([1, 2, 3].map(async () => (await fetch(url, sent)).text()));
      return texts.map((text) => text.length);"""

    assert returned(worker, body, url) == [3_000_000] * 3
    assert [len(got.body) for got in server.requests] == [3_000_000] * 3


def test_data_urls_need_no_network(worker):
    assert returned(worker, "return (await fetch('data:text/plain,hi')).text();") == "hi"


def test_a_failed_exchange_is_an_error_that_code_can_handle(worker, server):  # noqa: F811
    url = server.url("/")
    server.close()
    body = (
        "return fetch(url).catch((error) => [error instanceof TypeError, error.message, error.cause.code]);"
    )

    assert returned(worker, body, url) == [True, "fetch failed", "ECONNREFUSED"]


def test_a_failed_exchange_that_code_does_not_handle_has_its_place_and_reason(worker, server):  # noqa: F811
    url = server.url("/")
    server.close()

    with pytest.raises(JavaScriptError) as caught:
        returned(worker, "\n  await fetch(url);", url)

    error = caught.value
    assert (error.kind, error.line, error.column) == ("javascript-error", 2, 9)
    assert error.message.startswith("TypeError: fetch failed (cause: Error: ")


def test_an_abandoned_exchange_fails_at_once(worker, server):  # noqa: F811
    url = server.on("/", answer())
    body = """const stop = new AbortController(); const asked = fetch(url, { signal: stop.signal }); stop.abort();
      const late = fetch(url, { signal: stop.signal });
      return Promise.all([asked, late].map((one) => one.catch((error) => error.name)));"""

    assert returned(worker, body, url) == ["AbortError", "AbortError"]


@pytest.mark.parametrize("url", ["/relative", "http://user:secret@localhost/", "ftp://localhost/"])
def test_urls_that_cannot_be_asked_are_errors(worker, url):
    assert returned(worker, "return fetch(url).catch((error) => error.name);", url) == "TypeError"


def test_a_write_to_another_host_fails_the_step_whatever_the_code_catches(worker):
    context = RecordingContext(javascript=worker)
    code = """module.exports = async ({ logger }) => {
      logger.info('sending');
      try { await fetch('https://api.example.test/orders', { method: 'POST', body: '{}' }); } catch {}
      return { data: 'all is well' };
    };"""

    with pytest.raises(WireError) as caught:
        run_code(context, {"code": code})

    assert (caught.value.kind, caught.value.is_final) == ("write-blocked", True)
    assert "POST https://api.example.test/orders" in caught.value.message
    assert context.lines == [LogLine("info", "sending")]


def test_the_error_of_what_may_not_be_sent_has_its_place(worker):
    with pytest.raises(JavaScriptError) as caught:
        returned(worker, "\n\n await fetch('https://api.example.test/', { method: 'DELETE' });")

    assert (caught.value.kind, caught.value.line, caught.value.column) == ("write-blocked", 3, 8)


def test_a_client_for_the_next_calls_can_be_given(worker):
    class Canned:
        def send(self, request, terms):
            return HttpResponse(299, "bad\nreason", (("bad name", "x"), ("ok", "y")), b"canned", request.url)

    worker.through(Canned())
    body = "const r = await fetch('http://a.test/'); return [r.status, r.statusText, [...r.headers], await r.text()];"

    assert returned(worker, body) == [299, "", [["ok", "y"]], "canned"]


def test_a_socket_that_code_comes_by_opens_no_connection(worker):
    """The pipe to the parent is such a socket: it emits what comes in by a function that code can change."""

    class Canned:
        def send(self, request, terms):
            return HttpResponse(200, "OK", (), b"", request.url)

    worker.through(Canned())
    body = """const { EventEmitter } = require('events'); const { emit } = EventEmitter.prototype; const held = [];
      EventEmitter.prototype.emit = function (...given) { held.push(this); return emit.apply(this, given); };
      await fetch('http://a.test/');
      EventEmitter.prototype.emit = emit;
      const { constructor: Socket } = held.find((one) => one.connect);
      try { new Socket().connect(9, '127.0.0.1'); } catch (error) { return error.message; }"""

    assert returned(worker, body) == "a connection of one's own is refused in local runs"


@pytest.mark.parametrize(
    "change",
    [
        "Object.defineProperty(Request.prototype, 'method', { get: () => ({ a: 1 }) });",
        "Object.defineProperty(Request.prototype, 'url', { get: () => 'http://[' });",
        "Headers.prototype[Symbol.iterator] = function* () { yield [1, { a: 1 }]; };",
        "Headers.prototype[Symbol.iterator] = function* () { yield 'ab'; yield ['\\n', '\\n']; };",
        "Error.prepareStackTrace = () => ({ a: 1 });",
        "Array.prototype.toJSON = Object.prototype.toJSON = () => 'changed';",
    ],
)
def test_what_code_changed_reaches_the_client_as_text_or_not_at_all(own_worker, change):
    told = returned(
        own_worker, f"{change} return fetch('http://127.0.0.1:9/').catch((error) => error.message);"
    )

    assert told in {"fetch failed", "Invalid URL"}


class Slow:
    """A client that answers when the process has told more than was received."""

    def __init__(self, failure=None):
        self._failure = failure
        self.waiting = []

    def through(self, worker):
        self._worker = worker.through(self)
        return self

    def send(self, request, terms):
        received = self._worker._process._received
        until = monotonic() + 5
        while not received.full() and monotonic() < until:
            pass
        self.waiting.append(received.qsize())
        if self._failure:
            raise self._failure
        return HttpResponse(200, "OK", (), b"", request.url)


FLOOD = """const asked = fetch('http://a.test/');
  for (let n = 0; n < 200; n += 1) console.log('x'.repeat(60000));
  return (await asked).status;"""


@pytest.fixture
def own_worker(made):
    worker = NodeWorker(made[0]._program, made[1])
    yield worker
    worker.close()


def test_a_process_that_tells_more_than_is_received_has_to_wait(own_worker):
    client = Slow().through(own_worker)

    ran = own_worker.run_module(
        f"module.exports = async () => {{ {FLOOD} }}", context={}, step_results={}, seconds=20
    )

    assert (ran.value, len(ran.logs), client.waiting) == (200, 200, [1])


def test_a_process_that_waits_can_be_ended(own_worker):
    client = Slow(WireError("write-blocked", "no", is_final=True)).through(own_worker)

    with pytest.raises(JavaScriptError) as caught:
        returned(own_worker, FLOOD)

    assert (caught.value.kind, client.waiting, own_worker._process) == ("write-blocked", [1], None)
