"""Requests to a URL that several flows share: which flow they are for, and which customer."""

import json

import pytest

from runs import code, flow, integration, step
from servers import answer, server

__all__ = ["server"]

RETRY = "retryConfig: {maxAttempts: 2, delayMinutes: 5, usesExponentialBackoff: false}\n"
HEAD = "endpointType: shared_instance\n"
PREPROCESS = "preprocessFlowName: Find Flow\n"
FIELDS = """flowNameField: {type: reference, value: FLOW}
externalCustomerIdField: {type: reference, value: CUSTOMER}
"""
FIND = flow(
    code("Find", "const { to, by } = stepResults.trigger.results.body.data; return { data: { to, by } };"),
    name="Find Flow",
)
SHOW = code(
    "Show",
    "const { customer, body, flow } = stepResults.trigger.results;\n"
    "return { data: [flow.name, customer.externalId, body.data.id, context.customer.externalId] };",
)
FLOWS = (flow(SHOW, name="Take Orders"), flow(SHOW, name="Take Returns"))
BY_FLOW = HEAD + PREPROCESS + FIELDS.replace("FLOW", "find.results.to").replace("CUSTOMER", "find.results.by")
BY_REQUEST = HEAD + FIELDS.replace("FLOW", "payload.results.headers.X-Flow").replace(
    "CUSTOMER", "payload.results.queryParameters.customer"
)


@pytest.fixture
def run(project, xchange):
    def go(payload, *arguments, head=BY_FLOW, flows=(FIND, *FLOWS)):
        project({"integration.yml": integration(*flows, head=head)})
        given = ("--payload", "-") if payload is not None else ()
        text = "" if payload is None else json.dumps(payload)
        return xchange("run", "integration.yml", "--output", "json", *given, *arguments, input=text)

    return go


def shown(ran):
    """Give what the steps called Show gave."""
    document = json.loads(ran.out)
    ended = [document, *document.get("executions", [])]
    return [step["result"] for one in ended for step in one["steps"] if step["ref"] == "show"]


def refusal(ran):
    error = json.loads(ran.out)
    return ran.code, error["message"], error.get("hint")


def requested(name, customer="acme"):
    return {
        "headers": {"x-flow": name},
        "queryParameters": {"customer": customer},
        "body": {"data": {"id": 7}, "contentType": "application/json"},
    }


# --- a flow finds it out


def test_the_preprocess_flow_finds_the_flow_and_the_customer(run):
    ran = run({"to": "Take Returns", "by": "acme", "id": 7})

    assert (ran.code, shown(ran)) == (0, [["Take Returns", "acme", 7, "acme"]])
    document = json.loads(ran.out)
    told = [(one["flow"], one["cause"]) for one in (document, *document["executions"])]
    assert sorted(told) == [("Find Flow", "command"), ("Take Returns", "routing")]


def test_the_only_other_flow_needs_no_name(run):
    ran = run({"by": "acme", "id": 7}, flows=(FIND, FLOWS[0]))

    assert (ran.code, shown(ran)) == (0, [["Take Orders", "acme", 7, "acme"]])


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "Take Order",
            "the request is for the flow `Take Order`, which there is not",
            "Did you mean `Take Orders`?",
        ),
        (
            None,
            "the request names no flow: flowNameField gave nothing",
            "There are: `Take Orders`, `Take Returns`. Choose one with --flow, or look at the payload.",
        ),
        (
            "Find Flow",
            "the request is for the flow `Find Flow`, which there is not",
            "There are: `Take Orders`, `Take Returns`. Choose one with --flow, or look at the payload.",
        ),
    ],
)
def test_a_request_for_a_flow_that_is_not_there_is_refused_at_the_field(name, message, hint, run):
    ran = run({"to": name, "by": "acme"})

    assert refusal(ran) == (2, message, hint)
    line = integration(head=BY_FLOW).splitlines()[json.loads(ran.out)["start"]["line"] - 1]
    assert line.startswith("flowNameField:")


def test_when_the_preprocess_flow_fails_no_other_is_run(run):
    failing = flow(code("Find", "throw new Error('no');"), name="Find Flow")
    ran = run({"to": "Take Orders"}, flows=(failing, *FLOWS))

    assert (ran.code, shown(ran), "executions" in json.loads(ran.out)) == (10, [], False)


@pytest.fixture
def retried(run, server):
    """Run with `--retry`, where the first attempt to find the flow fails; the steps of the others call the server."""
    server.on("/find", answer(500, {}), answer(200, {"to": "Take Returns"}))

    def go(*steps):
        asking = step("Find", "http", "httpGet", url=server.url("/find"), maxRetries="0")
        finding = flow(asking, name="Find Flow", synchronous=False, more=RETRY)
        others = (flow(SHOW, *steps, name="Take Orders"), flow(SHOW, *steps, name="Take Returns"))
        head = (
            HEAD
            + PREPROCESS
            + FIELDS.replace("FLOW", "find.results.to").replace("CUSTOMER", "trigger.results.body.data.by")
        )
        payload = {"by": "acme", "id": 7}
        return run(payload, "--retry", "--no-wait", head=head, flows=(finding, *others))

    return go


def test_a_retry_of_the_preprocess_flow_finds_the_flow(retried):
    ran = retried()

    assert (ran.code, shown(ran)) == (0, [["Take Returns", "acme", 7, "acme"]])


def test_the_run_of_a_flow_that_a_retry_has_found_can_be_resumed(retried, server, xchange):
    server.on("/last", answer(500, {}), answer(200, {}))
    failed = retried(step("Last", "http", "httpGet", url=server.url("/last"), maxRetries="0"))
    resumed = xchange("run", "--resume", "last", "integration.yml", "--output", "json")

    assert (failed.code, resumed.code) == (10, 0)
    assert shown(resumed) == [["Take Returns", "acme", 7, "acme"]]
    assert [got.target for got in server.requests] == ["/find", "/find", "/last", "/last"]


def test_when_the_preprocess_flow_is_ended_by_until_no_other_is_run(run):
    ran = run({"to": "Take Orders", "by": "a"}, "--until", "trigger")

    assert (ran.code, "executions" in json.loads(ran.out)) == (0, False)


def test_a_flow_that_is_named_on_the_command_line_gets_the_request_at_once(run):
    ran = run({"to": "Take Orders", "by": "acme", "id": 7}, "--flow", "Take Returns")

    assert (ran.code, shown(ran)) == (0, [["Take Returns", "local", 7, "local"]])


def test_without_a_request_there_is_nothing_to_find_out(run):
    assert refusal(run(None))[:2] == (2, "which flow?")


# --- the request itself says it


def test_the_fields_may_point_into_the_request(run):
    ran = run(requested("Take Returns"), head=BY_REQUEST, flows=FLOWS)

    assert (ran.code, shown(ran)) == (0, [["Take Returns", "acme", 7, "acme"]])


def test_a_flow_that_is_named_on_the_command_line_has_the_customer_of_the_request(run):
    ran = run(requested("Take Returns"), "--flow", "Take Orders", head=BY_REQUEST, flows=FLOWS)

    assert shown(ran) == [["Take Orders", "acme", 7, "acme"]]


def test_what_a_captured_request_tells_of_its_customer_stays(run):
    known = {"id": "1", "externalId": "acme", "name": "Acme Inc."}
    ran = run({**requested("Take Orders"), "customer": known}, head=BY_REQUEST, flows=FLOWS)

    assert json.loads(ran.out)["steps"][0]["result"]["customer"] == known


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Take Order", "the request is for the flow `Take Order`, which there is not"),
        (None, "the request names no flow: flowNameField gave nothing"),
    ],
)
def test_a_request_that_says_no_flow_is_refused_before_anything_runs(name, message, run, tmp_path):
    assert refusal(run(requested(name), head=BY_REQUEST, flows=FLOWS))[:2] == (2, message)
    assert not (tmp_path / ".xchange").exists()


def test_where_each_flow_has_its_url_the_fields_count_for_nothing(run):
    head = BY_REQUEST.replace("shared_instance", "flow_specific")

    assert refusal(run(requested("Take Orders"), head=head, flows=FLOWS))[:2] == (2, "which flow?")
