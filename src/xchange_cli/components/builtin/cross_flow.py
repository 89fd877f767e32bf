"""Lets one flow of an integration call another; the engine makes the call."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read_required
from xchange_cli.components.keeping.flow_calls import call_headers
from xchange_cli.components.spec import (
    ActionContext,
    ActionError,
    ActionResult,
    Example,
    FlowCall,
    Implementation,
)


def invoke(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Send data to a sibling flow, by its name.

    Whether the step waits is a setting of the called flow: of one that answers at its end the result is the answer,
    of another `{executionId}`.
    """
    flow = read_required(inputs, "flowName", to_string)
    if not flow:
        raise ActionError("flowName is empty", input_key="flowName")
    return ActionResult(call=FlowCall(flow, inputs.get("data"), call_headers(context)))


def trigger(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Do the same as `invoke`: no documentation lists this action."""
    context.warn("triggerFlow is not documented; it is taken for invokeFlow without data")
    return invoke(context, {**inputs, "data": None})


def cross_flow(context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    """Show the request: of a sibling flow, or of anybody who knows the URL."""
    return ActionResult(data=dict(context.payload))


_NOBODY = {
    "prismatic-invoked-by": '{"executionId":null,"flowName":null,"stepName":null}',
    "prismatic-invoke-type": "Cross Flow",
    "prismatic-executionid": "",
}

COMPONENT = Implementation(
    actions={"invokeFlow": invoke, "triggerFlow": trigger, "crossFlow": cross_flow},
    examples=(
        Example(
            "invokeFlow",
            {"flowName": "Import Orders", "data": [1, 2]},
            ActionResult(call=FlowCall("Import Orders", [1, 2], _NOBODY)),
        ),
        Example("invokeFlow", {"flowName": ""}, None, error="flowName is empty"),
        Example(
            "triggerFlow",
            {"flowName": "Import Orders"},
            ActionResult(call=FlowCall("Import Orders", None, _NOBODY)),
        ),
        Example("crossFlow", {}, {"body": {"data": {"id": 1}, "contentType": "application/json"}}),
    ),
)
