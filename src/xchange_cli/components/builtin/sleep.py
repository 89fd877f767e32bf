"""Pauses the run."""

import math
from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_number
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe


def sleep(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Wait so many milliseconds.

    What the platform does when the number is negative or not set is not documented; here it does not wait.
    """
    milliseconds = read(inputs, "ms", to_number)
    if math.isinf(milliseconds):
        raise ActionError(f"ms: {describe(inputs['ms'])} is no length of time", input_key="ms")
    if inputs.get("ms") is None or milliseconds < 0:
        context.warn("ms is negative or not set; there is no wait here, the platform may do otherwise")
        return ActionResult()
    return ActionResult(wait=milliseconds / 1000)


COMPONENT = Implementation(
    actions={"sleep": sleep},
    examples=(
        Example("sleep", {"ms": "5500"}, ActionResult(wait=5.5)),
        Example("sleep", {"ms": "-1"}, ActionResult(wait=0)),
        Example("sleep", {"ms": "Infinity"}, None, error='ms: the text "Infinity" is no length of time'),
        Example("sleep", {"ms": "soon"}, None, error='ms: the text "soon" is not a number'),
    ),
)
