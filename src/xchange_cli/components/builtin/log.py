"""Writes to the log of the run."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_object, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe, stringify

_LEVELS = ("debug", "info", "warn", "error")


def write_log(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write one line: text as it is, all else as JSON. Whoever shows it cuts it, without its secrets.

    What the platform does with an unknown level is not documented; here the line is written as `info`.
    """
    level = read(inputs, "level", to_string).lower() or "info"
    if level not in _LEVELS:
        context.warn(f"{describe(inputs['level'])} is not a log level; the line is written as info")
        level = "info"
    message = inputs.get("message")
    text = message if isinstance(message, str) else read(inputs, "message", _as_json)
    context.log(level, text)
    return ActionResult()


def write_metric(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write the metrics as one line of JSON with the level METRIC."""
    context.log("METRIC", _as_json(read(inputs, "metrics", to_object)))
    return ActionResult()


_as_json = refusing_depth(stringify)


COMPONENT = Implementation(
    actions={"writeLog": write_log, "writeMetric": write_metric},
    examples=(
        Example("writeLog", {"level": "warn", "message": "Nothing to do"}, None),
        Example("writeLog", {"level": "info", "message": {"id": 1, "tags": ["a"]}}, None),
        Example("writeMetric", {"metrics": [{"key": "orders", "value": "3"}]}, None),
    ),
)
