"""Starts a flow at the times of its schedule."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation


def schedule(context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(data=dict(context.payload))


COMPONENT = Implementation(
    actions={"schedule": schedule},
    examples=(Example("schedule", {}, {"body": {"data": {"id": 1}, "contentType": "application/json"}}),),
)
