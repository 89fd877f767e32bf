"""Replaying: which requests are equal, what comes back, and what a miss says."""

import json

import pytest

from wire_cases import API, FORM, JSON, Answers, get, ok, post, recorded, replaying
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.wire.http import HttpRequest, HttpResponse, WireError
from xchange_cli.wire.recording import RecordingHttp
from xchange_cli.wire.replaying import ReplayingHttp

PLAIN = ("Content-Type", "text/plain")


def answer(recorded_request, asked):
    """Say what the answer is when only the one request was recorded."""
    client = replaying(recorded((recorded_request, ok(b"found"))))
    return client.send(asked).body.decode()


def missed(recorded_request, asked):
    """Give what a miss names as differences."""
    with pytest.raises(WireError) as caught:
        answer(recorded_request, asked)
    message = caught.value.message
    assert (caught.value.kind, caught.value.is_final) == ("not-recorded", True)
    beginning = (
        f"is not in recordings/flow.json: the nearest is {recorded_request.method} {recorded_request.url}: "
    )
    end = "; record it with --http record"
    assert beginning in message, message
    assert message.endswith(end)
    return message.partition(beginning)[2].removesuffix(end)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (get("/items"), get("/items")),
        (get("/items"), HttpRequest("get", "HTTPS://API.acme.test:443/items")),
        (HttpRequest("GET", "http://x.test:80/"), HttpRequest("GET", "http://x.test")),
        (get("/a%20b?x=%41"), get("/a b?x=A#part")),
        (get("/items?a=1&b=2&a=3"), get("/items?b=2&a=3&a=1")),
        (get("/items?a=x+y"), get("/items?a=x%20y")),
        (get("/items", ("Accept", "*/*")), get("/items")),
        (get("/items", ("X-Trace", "1")), get("/items", ("Authorization", "Bearer x"))),
        (get("/items", ("Accept", "text/csv, text/plain")), get("/items", ("accept", "Text/CSV,text/plain"))),
        (post(b'{"a":1,"b":[2.0,null]}'), post(b'{ "b": [2, null], "a": 1.0 }')),
        (post(b'{"a":1}'), post(b'{"a":1}', ("content-type", "application/json; charset=utf-8"))),
        (post(b"a=1&b=2", FORM), post(b"b=2&a=%31", FORM)),
        (
            post(b"--x\r\nhi\r\n--x--", ("Content-Type", "multipart/form-data; boundary=x")),
            post(b"--yy\r\nhi\r\n--yy--", ("Content-Type", "multipart/form-data; boundary=yy")),
        ),
    ],
)
def test_requests_that_ask_for_the_same_are_equal(one, other):
    assert answer(one, other) == "found"
    assert answer(other, one) == "found"


@pytest.mark.parametrize(
    ("recorded_request", "asked", "difference"),
    [
        (get("/items"), HttpRequest("DELETE", f"{API}/items"), "the method is DELETE, recorded GET"),
        (
            get("/items"),
            HttpRequest("GET", "http://api.acme.test:8080/items"),
            "the server is http://api.acme.test:8080, recorded https://api.acme.test",
        ),
        (get("/v1/items/7"), get("/v1/orders/7"), "path segment 2 is `orders`, recorded `items`"),
        (get("/items"), get("/items/7"), "path segment 2 is `7`, recorded without"),
        (get("/items/7"), get("/items"), "path segment 2 is missing, recorded `7`"),
        (get("/items?page=2"), get("/items?page=3"), "query parameter page is `3`, recorded `2`"),
        (get("/items"), get("/items?page=3"), "query parameter page is `3`, recorded without"),
        (get("/items?page=2"), get("/items"), "query parameter page is missing, recorded `2`"),
        (get("/i?a=1&a=2"), get("/i?a=1"), "query parameter a is `1`, recorded `1` and `2`"),
        (
            get("/items", ("Accept", "text/csv")),
            get("/items", ("Accept", "text/plain")),
            "header accept is `text/plain`, recorded `text/csv`",
        ),
        (
            post(b'{"items":[{"qty":1}]}'),
            post(b'{"items":[{"qty":2}]}'),
            "body.items[0].qty is `2`, recorded `1`",
        ),
        (post(b'{"a":1}', FORM), post(b'{"a":2}', FORM), "body.a is `2`, recorded `1`"),
        (post(b'{"a":true}'), post(b'{"a":1}'), "body.a is `1`, recorded `true`"),
        (post(b'{"a":"1"}'), post(b'{"a":1}'), 'body.a is `1`, recorded `"1"`'),
        (post(b'{"a":[1,2]}'), post(b'{"a":[1]}'), "body.a[1] is missing, recorded `2`"),
        (post(b'{"a":1}'), post(b'{"a":1,"b":null}'), "body.b is `null`, recorded without"),
        (post(b"a=1", FORM), post(b"a=2", FORM), "form field a is `2`, recorded `1`"),
        (post(b"{}", PLAIN), post(b"hello", PLAIN), "the body is text, recorded json"),
        (post(b"hello", PLAIN), post(b"help", PLAIN), "the body from character 4 on is `p`, recorded `lo`"),
        (post(b"hello", PLAIN), post(b"", PLAIN), "the body is nothing, recorded text"),
        (post(b"\xff\x00", PLAIN), post(b"\xff\x01", PLAIN), "the body differs from byte 2 on"),
        (
            get("/a/b?x=1&y=2"),
            get("/c/d?x=2&y=3"),
            """path segment 1 is `c`, recorded `a`; path segment 2 is `d`, recorded `b`; \
query parameter x is `2`, recorded `1`; and 1 more""",
        ),
    ],
)
def test_a_miss_says_what_differs(recorded_request, asked, difference):
    assert missed(recorded_request, asked) == difference


def test_a_long_value_is_cut():
    assert missed(get("/i?a=1"), get("/i?a=" + "x" * 100)) == (
        "query parameter a is `" + "x" * 47 + "…`, recorded `1`"
    )


def test_a_miss_names_the_request_that_is_the_nearest():
    exchanges = recorded(
        (get("/orders?page=2"), ok()),
        (post(b'{"a":1,"b":2,"c":3}'), ok()),
        (post(b'{"a":1,"b":2,"c":4}'), ok()),
        (HttpRequest("POST", "https://other.test/items", (JSON,), b'{"a":9,"b":2,"c":4}'), ok()),
    )
    with pytest.raises(WireError) as caught:
        replaying(exchanges).send(post(b'{"a":9,"b":2,"c":4}'))
    assert caught.value.message == (
        f"POST {API}/items is not in recordings/flow.json: "
        f"the nearest is POST {API}/items: body.a is `9`, recorded `1`; record it with --http record"
    )


def test_an_empty_recording_says_so():
    with pytest.raises(WireError) as caught:
        replaying(()).send(get())
    assert caught.value.message == (
        f"GET {API}/items is not in recordings/flow.json: it has no exchanges; record it with --http record"
    )


def test_the_answer_comes_back_as_it_was_from_where_it_was_asked():
    answers = (("Content-Type", "text/csv"), ("X-A", "1"), ("X-A", "2"))
    client = replaying(recorded((get("/a?x=1&y=2"), ok(b"a,b\r\n\xff", *answers, status=404))))
    assert client.send(get("/a?y=2&x=1")) == HttpResponse(
        404, "OK", answers, b"a,b\r\n\xff", f"{API}/a?y=2&x=1"
    )


def test_equal_requests_are_answered_in_order_and_the_last_answer_of_a_get_stays():
    client = replaying(recorded((get(), ok(b"1")), (get("/x"), ok(b"x")), (get(), ok(b"2"))))
    assert [client.send(get()).body for _ in range(4)] == [b"1", b"2", b"2", b"2"]


@pytest.mark.parametrize(
    ("count", "reason"), [(1, "its only answer is used up"), (2, "its 2 answers are used up")]
)
def test_each_answer_to_a_request_that_may_change_something_is_given_once(count, reason):
    client = replaying(recorded(*[(post(b"{}"), ok(b"1"))] * count))
    assert [client.send(post(b"{}")).body for _ in range(count)] == [b"1"] * count
    with pytest.raises(WireError) as caught:
        client.send(post(b"{}"))
    assert caught.value.message == (
        f"POST {API}/items is not in recordings/flow.json: {reason}; record it with --http record"
    )


def test_a_recorded_error_comes_again():
    client = replaying(recorded((get(), WireError("timeout", "no answer within 60 s")), (get(), ok(b"late"))))
    with pytest.raises(WireError) as caught:
        client.send(get())
    assert (caught.value.kind, caught.value.message, caught.value.is_final) == (
        "timeout",
        "no answer within 60 s",
        False,
    )
    assert client.send(get()).body == b"late"


def test_what_was_not_asked_is_known():
    exchanges = recorded((get("/a"), ok()), (get("/b?token=x"), ok()), (get("/a"), ok()), (get("/a"), ok()))
    client = replaying(exchanges)
    client.send(get("/a"))
    client.send(get("/a"))
    assert client.unused() == (f"GET {API}/a", f"GET {API}/b?token=«hidden: token»")


def test_after_a_miss_nothing_is_said_about_what_was_not_asked():
    client = replaying(recorded((get("/a"), ok()), (get("/b"), ok())))
    with pytest.raises(WireError):
        client.send(get("/c"))
    assert client.unused() == ()


OLD = ("Acme.apiKey", "old/key of customer one")
NEW = ("Acme.apiKey", 'new+key "of" customer two')


@pytest.mark.parametrize(
    "request_with",
    [
        lambda key: HttpRequest("GET", f"{API}/?key={key.replace(' ', '%20').replace('+', '%2B')}"),
        lambda key: get("/x", ("Accept", f"x {key}")),
        lambda key: post(json.dumps({"a": f"x {key}"}).encode()),
        lambda key: post(f"x {key}".encode(), PLAIN),
        lambda key: post(b"\xff" + key.encode()),
        lambda key: get("/x", ("X-Api-Key", key)),
        lambda key: HttpRequest("GET", f"{API}/?sig={len(key)}"),
    ],
)
def test_a_recording_of_one_customer_answers_another(request_with):
    exchanges = recorded((request_with(OLD[1]), ok(b"found")), secrets=[OLD])
    assert replaying(exchanges, secrets=[NEW]).send(request_with(NEW[1])).body == b"found"


def test_an_address_that_is_secret_is_the_one_of_today():
    exchanges = recorded(
        (get("/items?page=1"), ok(b"1", ("Location", f"{API}/items?page=2"))), secrets=[("Acme.url", API)]
    )
    other = "http://127.0.0.1:8080/v2"
    client = replaying(exchanges, secrets=[("Acme.url", other)])
    response = client.send(HttpRequest("GET", f"{other}/items?page=1"))
    assert (response.body, response.header("location")) == (b"1", f"{other}/items?page=2")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (json.dumps({"k": OLD[1], OLD[1]: [OLD[1]]}), json.dumps({"k": NEW[1], NEW[1]: [NEW[1]]})),
        (f"<k>{OLD[1]}</k>", f"<k>{NEW[1]}</k>"),
        (f"«secret: Other» {OLD[1]}", f"«secret: Other» {NEW[1]}"),
        ("«hidden: x»", "«hidden: x»"),
    ],
)
def test_secrets_in_answers_are_those_of_today(body, expected):
    exchanges = recorded((get(), ok(body.encode(), ("X-Echo", OLD[1]))), secrets=[OLD])
    response = replaying(exchanges, secrets=[NEW]).send(get())
    assert (response.body.decode(), response.header("X-Echo")) == (expected, NEW[1])


def test_a_secret_in_the_query_of_an_address_is_encoded_when_it_comes_back():
    exchanges = recorded((get(), ok(b"", ("Location", f"{API}/?key={OLD[1]}&a=1"))), secrets=[OLD])
    location = replaying(exchanges, secrets=[NEW]).send(get()).header("Location")
    assert location == f"{API}/?key=new%2Bkey%20%22of%22%20customer%20two&a=1"


def test_a_token_that_was_hidden_can_be_used_as_it_comes_back():
    """It is learned under the name of its connection, as the live one was, and then has its stand-in."""

    def use(client, redactor):
        granted = json.loads(client.send(post(b"grant_type=client_credentials", FORM, path="/token")).body)
        token = granted["access_token"]
        redactor.learn([Secret("Acme.access_token", token)])
        return client.send(get(f"/items?t={token}", ("Authorization", f"Bearer {token}"))).body

    live = Answers(ok(b'{"access_token":"live-token-of-today"}'), ok(b"found"))
    redactor = Redactor()
    recording = RecordingHttp(live, redactor)
    assert use(recording, redactor) == b"found"

    again = Redactor()
    assert use(ReplayingHttp(recording.exchanges(), again, "recordings/flow.json"), again) == b"found"


def test_secrets_of_several_passes_are_told_alike_as_there_may_be_fewer_in_a_replay():
    secrets = [("a[0].pw", "first-pass-1", "a.pw"), ("a[1].pw", "second-pass-2", "a.pw")]
    pairs = [(post(json.dumps({"v": value, "n": [value]}).encode()), ok(b"ok")) for _, value, _ in secrets]
    exchanges = recorded(*pairs, (get("/x?p=second-pass-2"), ok()), secrets=secrets)
    assert [one.request.body for one in exchanges[:2]] == [
        '{"v": "«secret: a.pw»", "n": ["«secret: a.pw»"]}'.encode()
    ] * 2
    client = replaying(exchanges, secrets=secrets[:1])
    assert [client.send(pairs[0][0]).body for _ in range(2)] == [b"ok"] * 2
    assert client.send(get("/x?p=first-pass-1")).status == 200


def test_a_miss_shows_no_secret():
    client = replaying(recorded((get("/a?key=x"), ok())), secrets=[NEW])
    with pytest.raises(WireError) as caught:
        client.send(HttpRequest("GET", f"{API}/{NEW[1]}?key={NEW[1]}&token=abcdefgh"))
    assert caught.value.message == (
        f"GET {API}/«secret: Acme.apiKey»?key=«secret: Acme.apiKey»&token=«hidden: token» "
        f"is not in recordings/flow.json: the nearest is GET {API}/a?key=x: "
        "path segment 1 is `«secret: Acme.apiKey»`, recorded `a`; "
        "query parameter key is `«secret: Acme.apiKey»`, recorded `x`; "
        "query parameter token is `«hidden: token»`, recorded without; record it with --http record"
    )
