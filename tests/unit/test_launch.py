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


def flow_of(*steps, synchronous=False):
    flow = {"name": "Flow", "isSynchronous": synchronous, "steps": [TRIGGER, *steps]}
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


def test_no_time_passes_where_waiting_is_skipped():
    assert ending(sleeping(5000, synchronous=True), waits=False) == (Status.SUCCESS, [])


def test_a_retry_after_the_deadline_is_not_performed():
    retry = {"errorHandlerType": "retry", "maxAttempts": 5, "delaySeconds": 20, "ignoreFinalError": True}
    root = step("Root", action="math.sqrt", errorConfig=retry)
    clock = HandClock()

    happened = launched(flow_of(root, synchronous=True), clock)

    assert told(happened[3:]).splitlines() == [
        'starts root {"number": null}',
        "fails root attempt 1: number is not set, or its value is null; retried",
        "waits root 20 s: retry",
        'starts root#2 {"number": null}',
        "fails root attempt 2: number is not set, or its value is null; retried",
        "waits root 20 s: retry",
        'starts root#3 {"number": null}',
        "fails root attempt 3: the run has used up its time; ended-run",
        "ends timeout",
    ]
    assert clock.slept == [20, 10]


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
