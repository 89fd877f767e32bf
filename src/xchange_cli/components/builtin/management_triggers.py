"""Starts a flow when an instance, or the configuration of a user, is deployed or removed."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation


def show_payload(context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(data=dict(context.payload))


_TRIGGERS = ("instanceDeploy", "instanceRemove", "userLevelConfigDeploy", "userLevelConfigRemove")

COMPONENT = Implementation(
    actions=dict.fromkeys(_TRIGGERS, show_payload),
    examples=tuple(
        Example(trigger, {}, {"body": {"data": {"id": 1}, "contentType": "application/json"}})
        for trigger in _TRIGGERS
    ),
)
