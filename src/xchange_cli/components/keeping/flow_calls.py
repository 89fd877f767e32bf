"""What flows tell each other when one starts another."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionContext
from xchange_cli.javascript.values import stringify, to_text


def call_headers(context: ActionContext) -> dict[str, str]:
    """Give the headers that tell a called flow who calls it.

    `prismatic-invoked-by` is JSON about the calling execution; which members the platform puts there is not
    documented.
    """
    execution = context.execution
    caller = {
        "executionId": execution.get("executionId"),
        "flowName": _name_of(execution.get("flow")),
        "stepName": execution.get("stepId"),
    }
    return {
        "prismatic-invoked-by": stringify(caller),
        "prismatic-invoke-type": "Cross Flow",
        "prismatic-executionid": to_text(execution.get("executionId") or ""),
    }


def _name_of(flow: Any) -> Any:
    return flow.get("name") if isinstance(flow, Mapping) else None
