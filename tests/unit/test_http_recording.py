"""Recording: what is kept, and which secrets are not."""

import base64
import json

import pytest

from wire_cases import API, FORM, JSON, Answers, get, ok, post, recorded, recording
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.wire.hiding import Hiding
from xchange_cli.wire.http import HttpRequest, HttpResponse, Terms, WireError
from xchange_cli.wire.recording import RecordingHttp
from xchange_cli.wire.recordings_file import Failure, to_data
from xchange_cli.wire.sensitive import is_sensitive

KEY = ("Acme.apiKey", "k3y-0f/custom=er one")
CANARY = "c4nary-secret-value"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27u"
GITHUB = "ghp_" + "a1B2" * 9


def text_of(exchanges):
    return json.dumps(to_data(exchanges), ensure_ascii=False)


def only(exchanges):
    (exchange,) = exchanges
    return exchange


def test_requests_pass_unchanged_and_their_answers_come_back():
    inner = Answers(ok(b"[]"))
    request, terms = get("/items", ("User-Agent", "x")), Terms(seconds=3)
    client = RecordingHttp(inner, Redactor())
    assert client.send(request, terms) == ok(b"[]")._replace(url=request.url)
    assert inner.seen == [(request, terms)]
    client.close()
    assert inner.is_closed


def test_headers_that_differ_each_time_are_left_out():
    request = get(
        "/items", ("Date", "now"), ("user-agent", "x"), ("X-Request-Id", "1"), ("Accept", "text/csv")
    )
    assert only(recorded((request, ok()))).request == get("/items", ("Accept", "text/csv"))


def test_a_failed_exchange_is_kept_with_its_reason():
    exchanges = recorded((get(), WireError("timeout", f"no answer from {API} to {KEY[1]}")), secrets=[KEY])
    assert only(exchanges).answer == Failure("timeout", f"no answer from {API} to «secret: Acme.apiKey»")


def test_what_was_not_sent_is_not_kept():
    assert recorded((post(b"{}"), WireError("write-blocked", "not sent", is_final=True))) == ()


def test_a_body_that_is_too_large_is_left_out_and_told():
    pairs = [(get("/large?token=abc"), ok(b"x" * 11)), (get("/small"), ok(b"x" * 10))]
    client = recording(*pairs, most_body=10)
    assert [exchange.request.url for exchange in client.exchanges()] == [f"{API}/small"]
    assert client.left_out() == (
        f"GET {API}/large?token=«hidden: token» is not recorded: its bodies are larger than 9.53674e-06 MiB",
    )


def test_a_recording_does_not_grow_without_end():
    client = recording(*[(get(f"/{n}"), ok(b"x" * 6)) for n in range(3)], most_bodies=12)
    assert [exchange.request.url for exchange in client.exchanges()] == [f"{API}/0", f"{API}/1"]
    assert client.left_out() == (
        f"GET {API}/2 is not recorded: the recording is larger than 1.14441e-05 MiB",
    )


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (get("/items?page=2&key=k3y-0f%2Fcustom%3Der+one"), "/items?page=2&key=«secret:%20Acme.apiKey»"),
        (get("/k3y-0f%2Fcustom=er%20one/x"), "/«secret:%20Acme.apiKey»/x"),
        (
            get("/items?access_token=abc&page_token=def"),
            "/items?access_token=«hidden:%20access_token»&page_token=def",
        ),
        (
            get("/a?X-Amz-Signature=1&sig=2#x"),
            "/a?X-Amz-Signature=«hidden:%20x-amz-signature»&sig=«hidden:%20sig»#x",
        ),
        (get("/a?flag&token=&b=1"), "/a?flag&token=&b=1"),
    ],
)
def test_secrets_in_urls_have_stand_ins_that_leave_the_url_in_one_piece(request_, expected):
    assert only(recorded((request_, ok()), secrets=[KEY])).request.url == API + expected


def test_a_short_secret_is_found_where_it_is_a_whole_value():
    request = HttpRequest("POST", f"{API}/a1?pin=a1&x=a1b", (FORM,), b"pin=a1&x=a1b")
    hidden = only(recorded((request, ok()), secrets=[("Acme.pin", "a1")])).request
    assert (hidden.url, hidden.body.decode()) == (
        f"{API}/a1?pin=«secret:%20Acme.pin»&x=a1b",
        "pin=«secret:%20Acme.pin»&x=a1b",
    )


def test_an_address_that_is_secret_is_replaced_as_a_whole():
    exchange = only(recorded((get("/items?x=1"), ok()), secrets=[("Acme.baseUrl", API)]))
    assert exchange.request.url == "«secret:%20Acme.baseUrl»/items?x=1"


def test_a_password_in_an_address_is_hidden():
    exchange = only(recorded((HttpRequest("GET", "https://ann:pass@api.acme.test/x"), ok())))
    assert exchange.request.url == "https://ann:«hidden:%20password»@api.acme.test/x"


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "proxy-authorization", "Cookie", "Set-Cookie", "Api-Key", "X-API-Key", "apikey"),
        *(
            "X-Auth-Token",
            "clientSecret",
            "X-Hub-Signature-256",
            "X-Shopify-Hmac-Sha256",
            "sig",
            "pwd",
            "jwt",
        ),
        *(
            "X-Amz-Security-Token",
            "X-Amz-Credential",
            "Ocp-Apim-Subscription-Key",
            "access_token",
            "authToken",
        ),
    ],
)
def test_names_of_secrets_are_known(name):
    assert is_sensitive(name)


@pytest.mark.parametrize(
    "name",
    [
        *("page", "author", "Content-Type", "keyword", "design", "", "-", "WWW-Authenticate", "maxTokens"),
        *("page_token", "nextPageToken", "continuation-token", "syncToken", "token_type", "tokenUrl"),
        *("Access-Control-Allow-Credentials", "X-RateLimit-Remaining-Tokens", "x-ratelimit-token"),
    ],
)
def test_names_of_other_things_are_left_alone(name):
    assert not is_sensitive(name)


def test_equal_names_have_equal_stand_ins():
    requests = [get("/a", ("Authorization", value)) for value in ("Bearer one", "Basic dHdvOnRocmVl")]
    hidden = [exchange.request for exchange in recorded(*((request, ok()) for request in requests))]
    assert hidden == [get("/a", ("Authorization", "«hidden: authorization»"))] * 2


def test_tokens_in_the_json_of_an_answer_are_hidden_there_and_wherever_they_are_used():
    answer = ok(json.dumps({"data": {"access_token": CANARY}, "expires_in": 60}).encode())
    used = HttpRequest("GET", f"{API}/me?t={CANARY}", (("X-Me", f"x {CANARY}"),))
    first, second = recorded((post(b"{}"), answer), (used, ok(f"<{CANARY}>".encode())))
    assert (
        first.answer.body
        == b'{"data": {"access_token": "\xc2\xabhidden: access_token\xc2\xbb"}, "expires_in": 60}'
    )
    assert second.request == HttpRequest(
        "GET", f"{API}/me?t=«hidden:%20access_token»", (("X-Me", "x «hidden: access_token»"),)
    )
    assert second.answer.body.decode() == "<«hidden: access_token»>"


def test_secrets_in_a_form_are_hidden():
    request = post(b"grant_type=password&client_secret=abc&scope=a+b", FORM)
    hidden = only(recorded((request, ok()))).request.body.decode()
    assert hidden == "grant_type=password&client_secret=«hidden:%20client_secret»&scope=a+b"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"a":"x k3y-0f/custom=er one"}', '{"a":"x «secret: Acme.apiKey»"}'),
        ('{ "a": "k3y-0f\\/custom=er one" }', '{"a":"«secret: Acme.apiKey»"}'),
        ('{"a":1,"a":"k3y-0f/custom=er one","a":2}', '{"a":2}'),
        ('{"a":"k3y-0f/custom=er one', '{"a":"«secret: Acme.apiKey»'),
        ('{"refresh_token": "abc", ', '{"refresh_token": "«hidden: refresh_token»", '),
        ('{"text": "{\\"id_token\\": \\"abc\\"}"}', '{"text": "{\\"id_token\\": \\"«hidden: id_token»\\"}"}'),
        ('{ "a": 1.10 }', '{ "a": 1.10 }'),
        ('{"a":"\\ud83d k3y-0f/custom=er one"}', '{"a":"\\ud83d \\u00absecret: Acme.apiKey\\u00bb"}'),
    ],
)
def test_secrets_in_json_are_hidden_and_the_rest_stays_as_it_is_written(body, expected):
    assert only(recorded((get(), ok(body.encode())), secrets=[KEY])).answer.body.decode() == expected


def test_a_number_that_is_secret_becomes_its_stand_in():
    exchange = only(recorded((get(), ok(b'{"pin":123456,"n":12345}')), secrets=[("Acme.pin", "123456")]))
    assert exchange.answer.body.decode() == '{"pin":"«secret: Acme.pin»","n":12345}'


def test_a_secret_between_bytes_that_are_no_text_is_hidden():
    body = only(recorded((get(), ok(b"\xff\x00" + KEY[1].encode() + b"\xfe")), secrets=[KEY])).answer.body
    assert body == b"\xff\x00" + "«secret: Acme.apiKey»".encode() + b"\xfe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a {JWT} b", "a «hidden: jwt» b"),
        (f"<{GITHUB}>", "<«hidden: github-token»>"),
        ("AKIAABCDEFGHIJKLMNOP", "«hidden: aws-key-id»"),
        ("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n", "«hidden: private-key»\n"),
        ("eyJ is no token", "eyJ is no token"),
    ],
)
def test_tokens_are_known_by_their_shape(text, expected):
    assert only(recorded((get(), ok(text.encode(), ("A", "b"))))).answer.body.decode() == expected


def test_json_that_is_sent_as_a_form_is_json():
    request = post(b'{"client_secret": "abc", "a": "1&token=2"}', FORM)
    hidden = only(recorded((request, ok()))).request.body.decode()
    assert hidden == '{"client_secret": "«hidden: client_secret»", "a": "1&token=2"}'


def test_a_boundary_that_the_sender_made_up_is_replaced():
    request = post(b"--x7\r\nhi\r\n--x7--", ("Content-Type", 'multipart/form-data; boundary="x7"'))
    hidden = only(recorded((request, ok()))).request
    assert (hidden.headers, hidden.body) == (
        (("Content-Type", 'multipart/form-data; boundary="boundary"'),),
        b"--boundary\r\nhi\r\n--boundary--",
    )


def test_only_the_value_of_a_cookie_is_looked_for_elsewhere():
    cookie = ("Set-Cookie", f"sid={CANARY}; Domain=api.acme.test; Path=/")
    first, second = recorded(
        (get(), ok(b"", cookie)), (get("/x", ("Cookie", "sid=1")), ok(CANARY.encode(), cookie))
    )
    assert (first.request.url, second.answer.body.decode()) == (f"{API}/items", "«hidden: set-cookie»")
    assert first.answer.headers == (("Set-Cookie", "«hidden: set-cookie»"),)


def test_secrets_that_come_up_late_are_hidden_in_what_was_recorded_before():
    redactor = Redactor()
    client = RecordingHttp(Answers(ok(b"late-secret")), redactor)
    client.send(get("/late-secret"))
    redactor.learn([Secret("Late", "late-secret")])
    exchange = only(client.exchanges())
    assert (exchange.request.url, exchange.answer.body.decode()) == (
        f"{API}/«secret:%20Late»",
        "«secret: Late»",
    )


def test_hiding_twice_changes_nothing():
    hiding = Hiding(Redactor([Secret(*KEY)]))
    response = HttpResponse(200, "OK", (JSON, ("Location", f"{API}/?token=x&k={KEY[1]}")), b'{"a":"x"}', API)
    request = post(f'{{"a":"{KEY[1]}"}}'.encode(), JSON, ("Cookie", "a=b"), path=f"/?key={KEY[1]}")
    assert hiding.request(hiding.request(request)) == hiding.request(request)
    assert hiding.response(hiding.response(response)) == hiding.response(response)


@pytest.mark.parametrize(
    "exchange",
    [
        (get(f"/{CANARY}?a={CANARY}#{CANARY}"), ok()),
        (get("/x", ("X-Some", CANARY), (CANARY, "x")), ok()),
        (get(f"/x?{CANARY}=a-value-of-some-length"), ok(b"a-value-of-some-length")),
        (get("/x", ("X-Basic", "Basic " + base64.b64encode(f"u:{CANARY}".encode()).decode())), ok()),
        (post(json.dumps([{CANARY: [CANARY]}]).encode()), ok()),
        (post(f"a={CANARY}".encode(), FORM), ok()),
        (post(CANARY.encode(), ("Content-Type", "text/plain")), ok()),
        (post(b"\xff" + CANARY.encode()), ok()),
        (get(), ok(CANARY.encode(), ("X-Echo", CANARY))),
        (get(), ok(json.dumps({"a": json.dumps({"b": CANARY})}).encode())),
        (get(), ok(b"\xff\x00" + CANARY.encode())),
        (get(), HttpResponse(200, CANARY, (("Location", f"/?a={CANARY}"),), b"", "")),
        (get(), WireError("broken-response", f"garbage: {CANARY}")),
        (HttpRequest("GET", f"https://{CANARY}:{CANARY}@{CANARY}.test/"), ok()),
    ],
)
def test_a_known_secret_is_nowhere_in_the_file(exchange):
    text = text_of(recorded(exchange, secrets=[("Canary", CANARY)]))
    assert CANARY not in text
    assert base64.b64encode(CANARY.encode()).decode().rstrip("=")[4:] not in text


@pytest.mark.parametrize(
    "exchange",
    [
        (get("/x", ("Authorization", f"Bearer {CANARY}")), ok()),
        (get("/x", ("x-api-key", CANARY)), ok(f"you said {CANARY}".encode())),
        (get(f"/x?sig={CANARY}"), ok(json.dumps({"self": f"{API}/x?sig={CANARY}"}).encode())),
        (get(), ok(json.dumps({"client_secret": CANARY}).encode())),
        (get(), ok(b"", ("Set-Cookie", f"a={CANARY}"))),
    ],
)
def test_what_nobody_called_a_secret_but_looks_like_one_is_nowhere_in_the_file(exchange):
    assert CANARY not in text_of(recorded(exchange))
