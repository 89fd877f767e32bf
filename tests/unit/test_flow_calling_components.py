"""What the examples of cross-flow and recursive-flow cannot show: the caller's facts, and where a cursor is from."""

import json

import pytest

from contexts import RecordingContext
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionError, ActionResult, FlowCall

IMPLEMENTATIONS = Implementations()


def perform(component, action, context, **inputs):
    return IMPLEMENTATIONS.perform_for(component, action)(context, inputs)


def recursive(action, *, body=None, state=None, **inputs):
    context = RecordingContext(payload={"body": body}, kinds={"executionState": state or {}})
    return perform("recursive-flow", action, context, **inputs), context.warnings


def test_a_called_flow_learns_who_calls():
    facts = {"executionId": "01J", "flow": {"name": "Import"}, "stepId": "invokeFlow"}
    context = RecordingContext(execution=facts)

    call = perform("cross-flow", "invokeFlow", context, flowName="Orders", data={"id": 1}).call

    assert call._replace(headers={}) == FlowCall("Orders", {"id": 1})
    assert json.loads(call.headers["prismatic-invoked-by"]) == {
        "executionId": "01J",
        "flowName": "Import",
        "stepName": "invokeFlow",
    }
    assert call.headers["prismatic-invoke-type"] == "Cross Flow"
    assert call.headers["prismatic-executionid"] == "01J"


def test_the_undocumented_action_is_an_alias_with_a_warning():
    context = RecordingContext()

    result = perform("cross-flow", "triggerFlow", context, flowName="Orders")

    assert result.call.flow == "Orders"
    assert context.warnings == ["triggerFlow is not documented; it is taken for invokeFlow without data"]


def test_a_flow_must_be_named():
    with pytest.raises(ActionError, match="flowName is not set, or its value is null"):
        perform("cross-flow", "invokeFlow", RecordingContext(), flowName=None)


def test_a_cursor_that_was_set_wins_over_one_received_and_the_default():
    received = {"data": {"cursor": "received"}}
    default = {"__recursiveDefaultCursor": "default"}

    assert recursive("getCursor", body=received, state={**default, "__recursiveCursor": 0}) == (
        ActionResult(0),
        [],
    )
    assert recursive("getCursor", body=received, state=default) == (ActionResult("received"), [])
    assert recursive("getCursor", body=None, state=default) == (ActionResult("default"), [])


@pytest.mark.parametrize(
    "body",
    [None, {"data": None}, {"data": "5"}, {"data": [1]}, {"data": {"cursor": None}}, {"data": {"id": 1}}],
)
def test_a_request_without_a_cursor_has_the_default(body):
    assert recursive("getCursor", body=body, state={"__recursiveDefaultCursor": "1"})[0].data == "1"


def test_no_cursor_at_all_is_null_with_a_warning():
    assert recursive("getCursor") == (
        ActionResult(None),
        ["there is no cursor: none was set or received, and the trigger has no default; it is null"],
    )


def test_the_flow_is_called_again_with_the_cursor_and_not_waited_for():
    result, warnings = recursive("invokeRecursive", state={"__recursiveCursor": {"page": 2}})

    assert result.call._replace(headers={}) == FlowCall("", {"cursor": {"page": 2}}, waits=False)
    assert result.call.headers["prismatic-invoke-type"] == "Cross Flow"
    assert warnings == []


def test_calling_again_without_progress_is_warned_of():
    result, warnings = recursive("invokeRecursive", body={"data": {"cursor": 7}})

    assert result.call.body == {"cursor": 7}
    assert warnings == ["no step has set a cursor; the next execution begins where this one did"]


def test_a_default_cursor_that_json_cannot_hold_is_refused():
    with pytest.raises(ActionError) as caught:
        recursive("recursiveTrigger", defaultCursor=b"x")

    assert (caught.value.input_key, caught.value.message) == (
        "defaultCursor",
        "defaultCursor: JSON cannot hold binary data (1 bytes)",
    )
