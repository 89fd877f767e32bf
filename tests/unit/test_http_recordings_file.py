"""The file of a recording: readable, and yet the very same bytes come out of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire_cases import API, JSON, get, ok, post, recorded
from xchange_cli.redaction import Redactor
from xchange_cli.validation.schema_check import explain
from xchange_cli.wire.hiding import Hiding
from xchange_cli.wire.http import HttpRequest, HttpResponse, WireError
from xchange_cli.wire.recordings_file import SCHEMA, BadRecordingError, Exchange, Failure, from_data, to_data

REQUEST = {"method": "GET", "url": API}
RESPONSE = {"status": 200}


def body_of(body):
    (exchange,) = to_data([Exchange(get(), ok(body))])["exchanges"]
    return exchange["response"].get("body")


def test_a_recording_reads_like_this():
    exchanges = recorded(
        (get("/items?page=2", ("Accept", "application/json")), ok(b'{"items":[1,2]}')),
        (post(b'{"name":"Ada"}'), WireError("timeout", "no answer within 60 s")),
    )
    assert to_data(exchanges) == {
        "schema": "xchange.http-recording/1",
        "exchanges": [
            {
                "request": {
                    "method": "GET",
                    "url": "https://api.acme.test/items?page=2",
                    "headers": ["Accept: application/json"],
                },
                "response": {
                    "status": 200,
                    "reason": "OK",
                    "headers": ["Content-Type: application/json"],
                    "body": {"json": {"items": [1, 2]}},
                },
            },
            {
                "request": {
                    "method": "POST",
                    "url": "https://api.acme.test/items",
                    "headers": ["Content-Type: application/json"],
                    "body": {"json": {"name": "Ada"}},
                },
                "error": {"kind": "timeout", "message": "no answer within 60 s"},
            },
        ],
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", None),
        (b'{"a":1,"b":[true,null]}', {"json": {"a": 1, "b": [True, None]}}),
        (b'{"a": 1, "b": 2}', {"json": {"a": 1, "b": 2}, "style": "spaced"}),
        (b'{"a":"\\u00fc"}', {"json": {"a": "ü"}, "style": "compact-ascii"}),
        (b'{"a": "\\u00fc"}', {"json": {"a": "ü"}, "style": "spaced-ascii"}),
        (b'{"a":1.10}', {"text": '{"a":1.10}'}),
        (b'{"a":1,"a":2}', {"text": '{"a":1,"a":2}'}),
        (b'{"a":NaN}', {"text": '{"a":NaN}'}),
        (b'{"a":1e999}', {"text": '{"a":1e999}'}),
        (b'{"a":' + b"9" * 5000 + b"}", {"text": '{"a":' + "9" * 5000 + "}"}),
        (b"[" * 60 + b"]" * 60, {"text": "[" * 60 + "]" * 60}),
        (b"[" * 100_000, {"text": "[" * 100_000}),
        (b'{"a":"\\ud83d"}', {"text": '{"a":"\\ud83d"}'}),
        (b"true", {"text": "true"}),
        (b"id,name\n1,Ada\n", {"text": ["id,name\n", "1,Ada\n"]}),
        (b"a\r\nb\rc", {"text": ["a\r\n", "b\rc"]}),
        (b"\xef\xbb\xbf{}", {"text": "\ufeff{}"}),
        (b"a\x00b", {"base64": "YQBi"}),
        (b"\xff\xfe", {"base64": "//4="}),
    ],
)
def test_a_body_is_as_readable_as_it_can_be(body, expected):
    assert body_of(body) == expected


HEADERS = st.lists(st.tuples(st.text("abc-", min_size=1), st.text().map(str.strip)), max_size=3).map(tuple)
JSON_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
BODIES = (
    st.binary()
    | st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | JSON_DATA.map(lambda data: json.dumps(data).encode())
)


@given(HEADERS, BODIES, HEADERS, BODIES)
def test_what_is_written_is_read_as_it_was(headers, body, more, answer):
    exchanges = (
        Exchange(HttpRequest("PUT", API, headers, body), HttpResponse(204, "Fine", more, answer, "")),
        Exchange(HttpRequest("GET", API), Failure("timeout", "late")),
    )
    text = json.dumps(to_data(exchanges), ensure_ascii=False, indent=2)
    data = json.loads(text.encode("utf-8", "backslashreplace"))
    assert from_data(data) == exchanges
    assert explain(data, "http-recording") == []


@given(HEADERS, BODIES)
def test_without_secrets_a_body_that_holds_no_token_is_recorded_as_it_came(headers, body):
    response = HttpResponse(200, "OK", (*headers, JSON), body, API)
    assert Hiding(Redactor()).response(response) == response


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, f"this is no HTTP recording: its `schema` is not {SCHEMA}"),
        ([], f"this is no HTTP recording: its `schema` is not {SCHEMA}"),
        ({"schema": "xchange.run/1"}, f"this is no HTTP recording: its `schema` is not {SCHEMA}"),
        (
            {"schema": "xchange.http-recording/2"},
            "this recording has the format xchange.http-recording/2, which this version of xchange does not know",
        ),
        ({"schema": SCHEMA}, "`exchanges` is missing"),
        ({"schema": SCHEMA, "exchanges": {}}, "`exchanges` is no list"),
    ],
)
def test_what_is_no_recording_is_refused(data, message):
    with pytest.raises(BadRecordingError) as caught:
        from_data(data)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("exchange", "message"),
    [
        (5, "`exchanges[0]` is no mapping"),
        ({"response": RESPONSE}, "`exchanges[0].request` is missing"),
        ({"request": {"method": "GET"}, "response": RESPONSE}, "`exchanges[0].request.url` is missing"),
        ({"request": REQUEST}, "`exchanges[0].response` is missing"),
        ({"request": REQUEST, "response": {"status": True}}, "`exchanges[0].response.status` is no number"),
        ({"request": REQUEST, "error": {"kind": "x"}}, "`exchanges[0].error.message` is missing"),
        (
            {"request": {**REQUEST, "headers": ["Accept"]}},
            "`exchanges[0].request.headers[0]` is no header: write `Name: value`",
        ),
        (
            {"request": {**REQUEST, "body": {"text": "a", "json": 1}}},
            "`exchanges[0].request.body` has not one of `json`, `text` and `base64`",
        ),
        (
            {"request": {**REQUEST, "body": {"text": ["a", 1]}}},
            "`exchanges[0].request.body.text[1]` is no text",
        ),
        (
            {"request": {**REQUEST, "body": {"base64": "?"}}},
            "`exchanges[0].request.body.base64` is not base64",
        ),
        (
            {"request": {**REQUEST, "body": {"json": 1, "style": "x"}}},
            "`exchanges[0].request.body.style` is not one of compact, spaced, compact-ascii, spaced-ascii",
        ),
    ],
)
def test_a_broken_exchange_is_refused_with_the_part_that_is_wrong(exchange, message):
    with pytest.raises(BadRecordingError) as caught:
        from_data({"schema": SCHEMA, "exchanges": [exchange]})
    assert caught.value.message == message


def test_what_people_leave_out_is_empty():
    (exchange,) = from_data({"schema": SCHEMA, "exchanges": [{"request": REQUEST, "response": RESPONSE}]})
    assert exchange == Exchange(HttpRequest("GET", API), HttpResponse(200, "", (), b"", ""))
