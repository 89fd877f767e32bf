"""Whole runs with the components that come with the program."""

import json

import pytest

from flows import CATALOG, HandClock, built, integration_of, items, reference, step, told, value
from xchange_cli.components.implementations import Implementations
from xchange_cli.engine.events import Response, RunFinished, Status, StepFinished
from xchange_cli.engine.launch import Launch, launch
from xchange_cli.engine.payload import RunFacts

TRIGGER = step("Trigger", action="webhook-triggers.webhook", isTrigger=True)
UPPER = "text-manipulation.upperCase"
SLEEP, STOP, LOOP, TIMES, LEAVE = (
    "sleep.sleep",
    "stop-execution.stopExecution",
    "loop.loopOverItems",
    "loop.loopNTimes",
    "loop.breakLoop",
)


def launched(whole, clock=None, **more):
    request = Launch(whole, whole.flows[0], RunFacts("run-1", "2024-05-06T07:08:09Z"), **more)
    return list(launch(request, CATALOG, Implementations(), clock or HandClock()))


def flow_of(*steps, synchronous=False, **more):
    flow = {"name": "Flow", "isSynchronous": synchronous, "steps": [TRIGGER, *steps], **more}
    return built(json.dumps({"name": "Test", "flows": [flow]}))


def results(happened):
    return {event.path: event.result.data for event in happened if isinstance(event, StepFinished)}


def test_a_run_sees_its_payload_loops_chooses_and_stops():
    small = items("lessThan", reference("each.currentItem.price"), value("10"))["value"]
    conditions = items({"name": "Small", **items("and", small)})
    body = {"type": "template", "value": '{"first": "{{$shout.results}}"}'}
    found = [
        step("Shout", {"text": reference("each.currentItem.name")}, UPPER),
        step("Halt", {"jsonBody": body, "statusCode": value("201")}, STOP),
    ]
    check = step("Check", {"conditions": conditions}, "branch.branchOnExpression")
    check["branches"] = [{"name": "Small", "steps": found}, {"name": "Else", "steps": []}]
    each = step("Each", {"items": reference("trigger.results.body.data")}, LOOP, steps=[check])
    orders = [{"name": "lamp", "price": 20}, {"name": "pen", "price": "9"}, {"name": "cup", "price": 8}]

    happened = launched(flow_of(each, step("Never", action=UPPER), synchronous=True), payload=orders)

    assert results(happened[4:]) == {
        "each[0]/check": "Else",
        "each[1]/check": "Small",
        "each[1]/shout": "PEN",
        "each[1]/halt": {"first": "PEN"},
    }
    assert happened[-1] == RunFinished(
        Status.SUCCESS, None, Response(201, "application/json", {}, {"first": "PEN"}), {}
    )


def test_a_missing_operand_does_not_exist_and_equals_null():
    missing, null = reference("trigger.results.body.data.gone"), reference("trigger.results.body.data.null")
    conditions = items(
        {"name": "There", **items("and", ["exists", missing])},
        {"name": "More", **items("and", ["greaterThanOrEqual", missing, value("0")])},
        {"name": "Same", **items("and", ["equal", missing, null])},
    )
    check = step("Check", {"conditions": conditions}, "branch.branchOnExpression")
    check["branches"] = [{"name": name, "steps": []} for name in ("There", "More", "Same", "Else")]

    assert results(launched(flow_of(check), payload={"null": None}))["check"] == "Same"


def test_the_executed_one_of_several_branches_can_be_read_after_them_and_in_every_pass():
    sent, kept = (step(name, {"text": value(name)}, UPPER) for name in ("Sent", "Kept"))
    mapping = items({"name": "One", **value("1")})
    check = step("Check", {"inputValue": reference("each.currentItem"), "branchValueMappings": mapping})
    check["action"] = step("", action="branch.branchOnValue")["action"]
    check["branches"] = [{"name": "One", "steps": [sent]}, {"name": "Else", "steps": [kept]}]
    listed = {"stepResults": items(reference("sent.results"), reference("kept.results"))}
    pick = step("Pick", listed, "branch.selectExecutedStepResult")
    each = step("Each", {"items": reference("trigger.results.body.data")}, LOOP, steps=[check, pick])

    assert results(launched(flow_of(each), payload=[1, 2, 1]))["each"] == ["SENT", "KEPT", "SENT"]


def test_a_loop_is_left_by_its_break():
    leave = step("Leave", action=LEAVE)
    times = step("Times", {"iterationCount": value("1000000000")}, TIMES, steps=[leave])

    assert results(launched(flow_of(times)))["times"] == []


def test_a_given_payload_stands_for_a_trigger_without_code():
    whole = integration_of(step("Trigger", action="slack.slackTrigger", isTrigger=True))

    happened = launched(whole, payload={"body": {"data": {"id": 1}}})

    assert results(happened)["trigger"]["body"] == {"data": {"id": 1}}
    assert told(launched(whole)).splitlines()[-1] == "ends error"


def test_code_sees_the_steps_before_it_the_config_and_the_run():
    code = """module.exports = async ({ configVars, executionId, logger }, stepResults) => {
      logger.warn(executionId);
      return { data: configVars["Base"] + stepResults.trigger.results.body.data.id };
    };"""

    happened = launched(
        flow_of(step("Run", {"code": value(code)}, "code.runCode")), payload={"id": 7}, config={"Base": "b"}
    )

    assert told(happened[-3:]).splitlines() == ["logs run WARN run-1", 'gives run "b7"', "ends success"]


def running(name, body, **more):
    """Make a code step; `body` is that of the exported function."""
    code = f"module.exports = async (context, stepResults) => {{ {body} }};"
    return step(name, {"code": value(code)}, "code.runCode", **more)


def test_a_code_step_sees_the_state_that_steps_before_it_kept():
    write = running("Write", "return { executionState: { n: 1, gone: 2 }, crossFlowState: { a: { b: 1 } } };")
    change = running("Change", "return { executionState: { gone: null, m: context.executionState.n + 1 } };")
    look = "({ executionState: e, instanceState: i, crossFlowState: c, integrationState: g }) => [e, i, c, g]"
    read = running("Read", f"return {{ data: ({look})(context) }};")

    happened = launched(flow_of(read | {"name": "Before"}, write, change, read))

    assert results(happened)["before"] == [{}, {}, {}, {}]
    assert results(happened)["read"] == [{"n": 1, "m": 2}, {}, {"a": {"b": 1}}, {}]
    assert happened[-1].state == {"executionState": {"n": 1, "m": 2}, "crossFlowState": {"a": {"b": 1}}}


def test_state_goes_from_pass_to_pass_of_a_loop_and_from_the_trigger_to_the_steps():
    trigger = step(
        "Trigger",
        {
            "code": value(
                "module.exports = async (context, payload) => ({ payload, instanceState: { n: 10 } });"
            )
        },
        "code.runCodeTrigger",
        isTrigger=True,
    )
    count = "const n = context.instanceState.n + 1; return { data: n, instanceState: { n } };"
    times = step("Times", {"iterationCount": value("3")}, TIMES, steps=[running("Count", count)])

    happened = launched(integration_of(trigger, times))

    assert results(happened)["times"] == [11, 12, 13]


def test_an_attempt_that_failed_keeps_no_state():
    retry = {"errorHandlerType": "retry", "maxAttempts": 1, "delaySeconds": 0, "ignoreFinalError": True}
    fail = running("Fail", "context.executionState.n = 1; throw new Error('no');", errorConfig=retry)
    read = running("Read", "return { data: context.executionState };")

    assert results(launched(flow_of(fail, read)))["read"] == {}


def test_a_code_step_knows_its_own_key():
    times = step(
        "Times",
        {"iterationCount": value("1")},
        TIMES,
        steps=[running("Look", "return { data: context.stepId };")],
    )

    assert results(launched(flow_of(times)))["times"] == ["look"]


def test_a_captured_payload_says_the_same_to_code_as_to_references():
    captured = {
        "headers": {},
        "executionId": "then",
        "startedAt": "then",
        "customer": {"id": "c-1", "name": "Acme"},
    }
    look = running(
        "Look",
        "return { data: [context.executionId, context.customer, stepResults.trigger.results.startedAt] };",
    )
    shown = step("Shown", {"text": reference("trigger.results.customer.name")}, UPPER)

    seen = results(launched(flow_of(look, shown), payload=captured))

    assert (seen["look"], seen["shown"]) == (
        ["run-1", {"id": "c-1", "name": "Acme"}, "2024-05-06T07:08:09Z"],
        "ACME",
    )
    assert seen["trigger"]["executionId"] == "run-1"


def test_mocks_answer_in_place_of_components():
    whole = flow_of(step("Shout", {"text": value("a")}, UPPER))

    assert results(launched(whole, mocks={"shout": {"id": 1}}))["shout"] == {"id": 1}


# --- who waits for the answer, and how long a run may take


def ending(whole, **more):
    """Tell how a run ended and how long it slept; no other time passes."""
    clock = HandClock()
    return launched(whole, clock, **more)[-1].status, clock.slept


def sleeping(seconds, synchronous):
    return flow_of(step("Nap", {"ms": value(str(seconds * 1000))}, SLEEP), synchronous=synchronous)


@pytest.mark.parametrize(
    ("synchronous", "header", "timeout", "longest"),
    [
        (True, None, None, 30),
        (False, None, None, 900),
        (False, "true", None, 30),
        (True, "false", None, 900),
        (True, None, 5, 5),
    ],
)
def test_a_run_has_thirty_seconds_where_somebody_waits_and_fifteen_minutes_else(
    synchronous, header, timeout, longest
):
    payload = {"headers": {"prismatic-synchronous": header} if header else {}}
    more = {"payload": payload, "timeout": timeout}

    assert ending(sleeping(longest, synchronous), **more) == (Status.SUCCESS, [longest])
    assert ending(sleeping(longest + 1, synchronous), **more) == (Status.TIMEOUT, [])


def test_a_flow_for_agents_is_synchronous():
    nap = step("Nap", {"ms": value("31000")}, SLEEP)
    shout = step("Shout", {"text": value("a")}, UPPER)

    assert ending(flow_of(nap, isAgentFlow=True)) == (Status.TIMEOUT, [])
    assert launched(flow_of(shout, isAgentFlow=True))[-1].response.body == "A"


def test_no_time_passes_where_waiting_is_skipped():
    assert ending(sleeping(5000, synchronous=True), waits=False) == (Status.SUCCESS, [])


def test_a_retry_that_the_run_has_no_time_for_ends_it_with_the_failure_before():
    too_late = "the wait of 20 s before the next attempt is longer than the 10 s that are left to the run"
    retry = {"errorHandlerType": "retry", "maxAttempts": 5, "delaySeconds": 20, "ignoreFinalError": True}
    root = step("Root", action="math.sqrt", errorConfig=retry)
    clock = HandClock()

    happened = launched(flow_of(root, synchronous=True), clock)

    assert told(happened[3:]).splitlines() == [
        'starts root {"number": null}',
        "fails root attempt 1: number is not set, or its value is null; retried",
        "waits root 20 s: retry",
        'starts root#2 {"number": null}',
        f"fails root attempt 2: number is not set, or its value is null; {too_late}; ended-run",
        "ends timeout",
    ]
    assert clock.slept == [20]


@pytest.mark.parametrize(
    ("synchronous", "header", "body"),
    [(False, "true", "A"), (True, "false", {"executionId": "run-1"}), (True, None, "A")],
)
def test_a_request_header_tells_whether_the_answer_is_that_of_the_last_step(synchronous, header, body):
    payload = {"headers": {"Prismatic-Synchronous": header} if header else {}}

    happened = launched(
        flow_of(step("Shout", {"text": value("a")}, UPPER), synchronous=synchronous), payload=payload
    )

    assert happened[-1].response.body == body
