"""Ends the run successfully."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_integer, to_object, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation
from xchange_cli.javascript.values import parse_if_json


def stop_execution(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """End the run here; the inputs are the answer that a synchronous caller gets.

    A text body is parsed if the content type is JSON and the text is; else it stays as it is. The platform does
    not say whether it parses the body; a caller sees no difference.
    """
    content_type = read(inputs, "contentType", to_string) or "application/json"
    body = inputs.get("jsonBody")
    headers = read(inputs, "headers", to_object)
    return ActionResult(
        data=parse_if_json(body) if _is_json(content_type) else body,
        content_type=content_type,
        status_code=read(inputs, "statusCode", to_integer, 200),
        headers={name: to_string(value) for name, value in headers.items()},
        stop=True,
    )


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


COMPONENT = Implementation(
    actions={"stopExecution": stop_execution},
    examples=(
        Example(
            "stopExecution",
            {
                "statusCode": "404",
                "jsonBody": '{"error": "unknown order"}',
                "contentType": "application/json",
            },
            ActionResult(
                data={"error": "unknown order"},
                content_type="application/json",
                status_code=404,
                headers={},
                stop=True,
            ),
        ),
        Example(
            "stopExecution",
            {"jsonBody": "[1]", "contentType": "text/plain", "headers": [{"key": "X-Count", "value": 1}]},
            ActionResult(
                data="[1]", content_type="text/plain", status_code=200, headers={"X-Count": "1"}, stop=True
            ),
        ),
        Example(
            "stopExecution",
            {"jsonBody": "not JSON"},
            ActionResult(
                data="not JSON", content_type="application/json", status_code=200, headers={}, stop=True
            ),
        ),
    ),
)
