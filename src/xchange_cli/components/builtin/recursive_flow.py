"""Lets a flow call itself with a cursor, so that long data is worked through in several executions.

The cursor that a step sets, and the default of the trigger, are kept as state of the execution.
"""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.json_values import json_size
from xchange_cli.components.keeping.flow_calls import call_headers
from xchange_cli.components.spec import (
    ActionContext,
    ActionResult,
    Example,
    FlowCall,
    Implementation,
)

_STATE = "executionState"
_CURSOR = "__recursiveCursor"
_DEFAULT = "__recursiveDefaultCursor"


def start(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Show the request, and keep the default cursor for a request that carries none."""
    default = inputs.get("defaultCursor")
    read(inputs, "defaultCursor", json_size)
    kept = None if default is None else {_STATE: {_DEFAULT: default}}
    return ActionResult(dict(context.payload), state=kept)


def get_cursor(context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    """Give what was set last in this execution, else what the request carries, else the default."""
    cursor = _cursor(context)
    if cursor is None:
        context.warn(
            "there is no cursor: none was set or received, and the trigger has no default; it is null"
        )
    return ActionResult(cursor)


def set_cursor(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Keep a cursor, which is also the result; what the platform gives is not documented."""
    cursor = inputs.get("cursor")
    read_required(inputs, "cursor", json_size)
    return ActionResult(cursor, state={_STATE: {_CURSOR: cursor}})


def invoke(context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    """Start this flow once more with the cursor; this execution goes on and does not wait for it."""
    if _CURSOR not in context.state(_STATE):
        context.warn("no step has set a cursor; the next execution begins where this one did")
    body = {"cursor": _cursor(context)}
    return ActionResult(call=FlowCall("", body, call_headers(context), waits=False))


def _cursor(context: ActionContext) -> Any:
    state = context.state(_STATE)
    return state.get(_CURSOR, _received(context, state.get(_DEFAULT)))


def _received(context: ActionContext, default: Any) -> Any:
    """Find the cursor in the body of the request, `{cursor: …}`."""
    body = context.payload.get("body")
    data = body.get("data") if isinstance(body, Mapping) else None
    cursor = data.get("cursor") if isinstance(data, Mapping) else None
    return default if cursor is None else cursor


_PAYLOAD = {"body": {"data": {"id": 1}, "contentType": "application/json"}}

COMPONENT = Implementation(
    actions={
        "getCursor": get_cursor,
        "setCursor": set_cursor,
        "invokeRecursive": invoke,
        "recursiveTrigger": start,
    },
    examples=(
        Example("getCursor", {}, None),
        Example("setCursor", {"cursor": "2"}, ActionResult("2", state={_STATE: {_CURSOR: "2"}})),
        Example("setCursor", {}, None, error="cursor is not set"),
        Example(
            "setCursor", {"cursor": b"\x00"}, None, error="cursor: JSON cannot hold binary data (1 bytes)"
        ),
        Example(
            "invokeRecursive",
            {},
            ActionResult(
                call=FlowCall(
                    "",
                    {"cursor": None},
                    {
                        "prismatic-invoked-by": '{"executionId":null,"flowName":null,"stepName":null}',
                        "prismatic-invoke-type": "Cross Flow",
                        "prismatic-executionid": "",
                    },
                    waits=False,
                )
            ),
        ),
        Example("recursiveTrigger", {}, _PAYLOAD),
        Example(
            "recursiveTrigger",
            {"defaultCursor": "1"},
            ActionResult(_PAYLOAD, state={_STATE: {_DEFAULT: "1"}}),
        ),
    ),
)
