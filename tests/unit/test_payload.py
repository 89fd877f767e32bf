"""What a trigger shows of the request that starts a run."""

import pytest

from flows import built
from xchange_cli.components.spec import FlowCall
from xchange_cli.engine.payload import (
    INVOKE_TYPE_HEADER,
    SYNCHRONOUS_HEADER,
    RunFacts,
    called_payload,
    execution_facts,
    for_customer,
    is_answered_at_end,
    repeated_facts,
    trigger_payload,
)
from xchange_cli.wire.whole_payload import Headers, is_whole_payload

JSON = "application/json"
NOTHING = {"data": None, "contentType": ""}

TWO_FLOWS = built("name: Order Sync\nflows: [{name: Send Orders, steps: []}, {name: Nightly, steps: []}]")
FACTS = RunFacts("01RUN", "2024-05-06T07:08:09.123Z", "acme")
EXECUTION = execution_facts(TWO_FLOWS, TWO_FLOWS.flows[0], FACTS)


TEST = {INVOKE_TYPE_HEADER: "Integration Flow Test"}


def request_part(given):
    payload = trigger_payload(given, {})
    return {key: payload[key] for key in ("headers", "queryParameters", "rawBody", "body", "pathFragment")}


# --- whole payload or body of a request


@pytest.mark.parametrize(
    "value",
    [
        {"body": {"data": 1}},
        {"body": {"data": 1, "contentType": JSON}, "headers": {"A": "b"}},
        {"rawBody": {"data": "{}"}},
        {"body": None, "headers": {}},
        {"headers": {"A": "b"}},
        {"queryParameters": {"q": "1"}},
        {"pathFragment": "orders/1", "customer": {"id": "c"}, "startedAt": "2024"},
    ],
)
def test_what_has_only_keys_of_a_payload_and_one_of_a_request_is_a_whole_payload(value):
    assert is_whole_payload(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        5,
        [],
        [{"body": {"data": 1}}],
        {},
        {"id": 1},
        {"customer": {"id": 1}},
        {"body": {"data": 1}, "id": 1},
        {"body": "text"},
        {"body": {"id": 1}},
        {"body": {"data": 1}, "rawBody": "text"},
        {"headers": "text"},
        {"headers": [{"key": "A"}]},
    ],
)
def test_everything_else_is_the_body_of_a_request(value):
    assert not is_whole_payload(value)


# --- the request


@pytest.mark.parametrize(
    ("body", "content_type", "raw"),
    [
        ({"id": 1, "ä": [None]}, JSON, '{"id":1,"ä":[null]}'),
        ([], JSON, "[]"),
        ([float("nan"), float("-inf"), 1.0, 1e21], JSON, "[null,null,1,1e+21]"),
        (False, JSON, "false"),
        ("plain", "text/plain", "plain"),
        ("", "text/plain", ""),
        (b"\x00\xff", "application/octet-stream", b"\x00\xff"),
    ],
)
def test_the_body_of_a_request_is_shown_parsed_and_as_it_was_sent(body, content_type, raw):
    assert request_part(body) == {
        "headers": {"Content-Type": content_type, **TEST},
        "queryParameters": None,
        "rawBody": {"data": raw, "contentType": content_type},
        "body": {"data": body, "contentType": content_type},
        "pathFragment": "",
    }


def test_without_a_payload_there_is_no_body():
    assert request_part(None) == {
        "headers": TEST,
        "queryParameters": None,
        "rawBody": NOTHING,
        "body": NOTHING,
        "pathFragment": "",
    }


def test_a_whole_payload_is_shown_as_given():
    whole = {
        "headers": {"X-A": "1", "Prismatic-Invoke-Type": "Webhook"},
        "queryParameters": {"q": "1"},
        "rawBody": {"data": "<a/>", "contentType": "text/xml"},
        "body": {"data": "<a/>", "contentType": "text/xml"},
        "pathFragment": "orders/1",
    }

    assert request_part(whole) == whole


@pytest.mark.parametrize(
    ("raw", "parsed"),
    [
        ({"data": '{"id": 1}', "contentType": JSON}, {"id": 1}),
        ({"data": '{"id": 1}', "contentType": "application/problem+json; charset=utf-8"}, {"id": 1}),
        ({"data": '{"id": 1}'}, {"id": 1}),
        ({"data": "{broken", "contentType": JSON}, "{broken"),
        ({"data": "5", "contentType": "text/plain"}, "5"),
        ({"data": None, "contentType": JSON}, None),
        ({"data": b'\xef\xbb\xbf{"id": 1}', "contentType": JSON}, {"id": 1}),
        ({"data": b"\xff", "contentType": JSON}, b"\xff"),
        ({"data": "a=1&b=2", "contentType": "application/x-www-form-urlencoded"}, "a=1&b=2"),
        ({"data": "--b", "contentType": "multipart/form-data; boundary=c"}, "--b"),
        ({"data": {"part": 1}, "contentType": "multipart/form-data; boundary=c"}, {"part": 1}),
    ],
)
def test_a_missing_body_is_parsed_from_the_raw_one(raw, parsed):
    shown = request_part({"rawBody": raw})

    assert (shown["rawBody"], shown["body"]) == (raw, {**raw, "data": parsed})


@pytest.mark.parametrize(
    ("body", "raw"),
    [
        ({"data": {"id": 1}, "contentType": JSON}, '{"id":1}'),
        ({"data": {"id": 1}}, '{"id":1}'),
        ({"data": '{"id": 1}', "contentType": JSON}, '{"id": 1}'),
        ({"data": {"part": {"data": "a"}}, "contentType": "multipart/form-data"}, {"part": {"data": "a"}}),
        ({"data": None, "contentType": JSON}, None),
    ],
)
def test_a_missing_raw_body_is_written_from_the_parsed_one(body, raw):
    shown = request_part({"body": body})

    assert (shown["body"], shown["rawBody"]) == (body, {**body, "data": raw})


def test_headers_keep_their_names_and_are_found_in_any_case():
    headers = request_part({"headers": {"X-GitHub-Event": "push", "a": 1, "A": 2}})["headers"]

    assert list(headers) == ["X-GitHub-Event", "a", "A", INVOKE_TYPE_HEADER]
    assert (headers.get("x-github-event"), headers.get("X-GITHUB-EVENT")) == ("push", "push")
    assert (headers.get("a"), headers.get("A")) == (1, 2)
    assert (headers.get("gone"), headers.get("gone", "else"), headers.get(5)) == (None, "else", None)


def test_a_payload_is_not_changed():
    given = {"body": {"data": {"id": 1}}, "headers": {"A": "b"}}

    trigger_payload(given, EXECUTION)

    assert given == {"body": {"data": {"id": 1}}, "headers": {"A": "b"}}


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_a_body_of_several_parts_is_taken_apart(newline):
    lines = [
        "a preamble counts for nothing",
        "--xYz",
        'Content-Disposition: form-data; name="note"',
        "",
        "first line",
        "second line",
        "--xYz",
        'content-disposition: form-data; name="order"; filename="order.json"',
        "Content-Type: application/json",
        "",
        '{"id": 1}',
        "--xYz  ",
        """Content-Disposition: form-data; name=photo; filename="x"; filename*=UTF-8''na%C3%AFve%20\\.png""",
        "Content-Type: image/png",
        "",
        "PNG",
        "--xYz--",
        "nor does an epilogue",
    ]
    raw = {"data": newline.join(lines), "contentType": 'multipart/form-data; boundary="xYz"'}

    shown = request_part({"rawBody": raw})

    assert shown["rawBody"] == raw
    assert shown["body"]["data"] == {
        "note": {"data": f"first line{newline}second line", "contentType": "text/plain"},
        "order": {"data": '{"id": 1}', "contentType": JSON, "fileName": "order.json"},
        "photo": {"data": b"PNG", "contentType": "image/png", "fileName": "na\u00efve \\.png"},
    }


def test_a_part_that_is_not_the_text_it_claims_to_be_stays_bytes():
    disposition = b'Content-Disposition: form-data; name="NAME"\r\n'
    body = b"--b\r\n".join(
        (
            b"",
            disposition.replace(b"NAME", b"latin")
            + b"Content-Type: text/plain; charset=latin-1\r\n\r\n\xe9\r\n",
            disposition.replace(b"NAME", b"utf") + b"Content-Type: text/plain\r\n\r\n\xe9\r\n",
            disposition.replace(b"NAME", b"odd") + b"Content-Type: text/plain; charset=odd\r\n\r\na\r\n",
        )
    )
    raw = {"data": body + b"--b--", "contentType": "multipart/form-data; boundary=b"}

    parts = request_part({"rawBody": raw})["body"]["data"]

    assert {name: part["data"] for name, part in parts.items()} == {
        "latin": "\xe9",
        "utf": b"\xe9",
        "odd": b"a",
    }


def test_a_raw_body_without_a_type_has_that_of_the_request():
    headers = {"content-type": "multipart/form-data; boundary=b"}
    raw = {"data": "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--"}

    assert request_part({"headers": headers, "rawBody": raw})["body"]["data"] == {
        "a": {"data": "1", "contentType": "text/plain"}
    }


# --- the run around it


def test_a_trigger_shows_the_run_the_instance_and_the_urls_of_all_flows():
    shown = trigger_payload(None, EXECUTION)

    acme = {"id": "acme", "name": "acme"}
    assert {key: shown[key] for key in EXECUTION} == {
        "executionId": "01RUN",
        "startedAt": "2024-05-06T07:08:09.123Z",
        "invokeUrl": "https://hooks.xchange.invalid/sendOrders",
        "webhookUrls": {
            "Send Orders": "https://hooks.xchange.invalid/sendOrders",
            "Nightly": "https://hooks.xchange.invalid/nightly",
        },
        "webhookApiKeys": {"Send Orders": [], "Nightly": []},
        "globalDebug": False,
        "customer": {**acme, "externalId": "acme"},
        "instance": acme,
        "user": {"id": None, "email": None, "name": None, "externalId": None},
        "integration": {
            "id": "orderSync",
            "name": "Order Sync",
            "versionSequenceId": None,
            "externalVersion": None,
        },
        "flow": {"id": "sendOrders", "name": "Send Orders", "stableId": "sendOrders"},
    }


def test_every_key_that_a_trigger_shows_may_stand_in_a_whole_payload():
    shown = trigger_payload(None, EXECUTION)

    assert is_whole_payload(shown)
    assert trigger_payload(shown, repeated_facts(shown, EXECUTION)) == shown


CAPTURED = {
    "headers": {},
    "customer": {"id": "c-1"},
    "flow": None,
    "executionId": "then",
    "startedAt": "then",
    "paginationState": {"page": 2},
}


def test_what_a_captured_payload_says_of_the_run_counts_but_for_its_id_and_start():
    assert repeated_facts(CAPTURED, EXECUTION) == {**EXECUTION, "customer": {"id": "c-1"}, "flow": None}


def test_the_trigger_shows_the_same_facts_as_the_run_has():
    facts = repeated_facts(CAPTURED, EXECUTION)

    shown = trigger_payload(CAPTURED, facts)

    assert {key: shown[key] for key in facts} == facts
    assert shown["paginationState"] == {"page": 2}


@pytest.mark.parametrize("body", [{"customer": {"id": "c-1"}}, [1], "text", None])
def test_the_body_of_a_request_says_nothing_of_the_run(body):
    assert repeated_facts(body, EXECUTION) == EXECUTION


def test_without_a_config_set_the_customer_is_called_local():
    facts = execution_facts(TWO_FLOWS, TWO_FLOWS.flows[0], RunFacts("01RUN", ""))

    assert facts["customer"] == {"id": "local", "externalId": "local", "name": "local"}


# --- who waits for the answer


@pytest.mark.parametrize("is_synchronous", [True, False])
@pytest.mark.parametrize(
    ("header", "asked"),
    [("true", True), (" TRUE ", True), ("false", False), ("perhaps", None), (1, None), (None, None)],
)
def test_a_request_may_ask_for_the_answer_otherwise_than_the_flow_says(is_synchronous, header, asked):
    [flow] = built(f"name: T\nflows: [{{name: F, isSynchronous: {str(is_synchronous).lower()}}}]").flows
    headers = Headers({} if header is None else {"Prismatic-Synchronous": header})

    assert is_answered_at_end(flow, {"headers": headers}) is (is_synchronous if asked is None else asked)


def test_who_calls_a_flow_for_agents_waits_for_the_answer():
    [flow] = built("name: T\nflows: [{name: F, isAgentFlow: true, isSynchronous: false}]").flows

    assert is_answered_at_end(flow, {"headers": Headers()})
    assert not is_answered_at_end(flow, {"headers": Headers({SYNCHRONOUS_HEADER: "false"})})


# --- requests that xchange makes

CALLER = {
    "prismatic-invoked-by": "01CALLER",
    "prismatic-invoke-type": "Cross Flow",
    "prismatic-executionid": "01CALLER",
}


@pytest.mark.parametrize(
    ("body", "content_type", "shown"),
    [
        ([1, 2], JSON, {"data": [1, 2], "contentType": JSON}),
        ("[1]", "text/plain", {"data": "[1]", "contentType": "text/plain"}),
        (b"\x00", "application/octet-stream", {"data": b"\x00", "contentType": "application/octet-stream"}),
    ],
)
def test_a_called_flow_gets_what_the_caller_sent(body, content_type, shown):
    part = request_part(called_payload(FlowCall("Other", body), "01CALLER"))

    assert (part["headers"], part["body"]) == ({"Content-Type": content_type, **CALLER}, shown)


def test_a_call_without_data_has_no_body():
    assert called_payload(FlowCall("Other"), "01CALLER") == {"headers": CALLER}


def test_the_headers_of_a_call_win_in_whatever_case():
    call = FlowCall("Other", "[1]", {"content-type": JSON, "X-A": "1", "Prismatic-Invoked-By": "me"})

    part = request_part(called_payload(call, "01CALLER"))

    assert part["headers"] == {"Content-Type": JSON, **CALLER, "prismatic-invoked-by": "me", "X-A": "1"}
    assert part["body"] == {"data": [1], "contentType": JSON}


def test_a_request_is_given_to_a_customer_and_what_it_tells_of_this_one_stays():
    known = {"id": "7", "externalId": "acme", "name": "Acme Inc."}

    assert for_customer({"headers": {}, "customer": known}, "acme")["customer"] == known
    assert for_customer({"headers": {}, "customer": known}, "beta")["customer"] == {
        "id": "beta",
        "externalId": "beta",
        "name": "beta",
    }
