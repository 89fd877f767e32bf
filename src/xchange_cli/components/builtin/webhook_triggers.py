"""Starts a flow for a request to its URL."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_integer, to_object, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation


def webhook(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Show the request; the inputs that are set shape the answer that an asynchronous caller gets at once."""
    headers = read(inputs, "headers", to_object)
    has_status = inputs.get("statusCode") is not None
    return ActionResult(
        data=dict(context.payload),
        content_type=read(inputs, "contentType", to_string) or None,
        status_code=read(inputs, "statusCode", to_integer) if has_status else None,
        headers={name: to_string(value) for name, value in headers.items()} or None,
        answer=inputs.get("body"),
    )


COMPONENT = Implementation(
    actions={"webhook": webhook},
    examples=(
        Example("webhook", {}, {"body": {"data": {"id": 1}, "contentType": "application/json"}}),
        Example(
            "webhook",
            {
                "statusCode": "202",
                "contentType": "text/plain",
                "headers": [{"key": "X-From", "value": "xchange"}],
                "body": "accepted",
            },
            ActionResult(
                data={"body": {"data": {"id": 1}, "contentType": "application/json"}},
                content_type="text/plain",
                status_code=202,
                headers={"X-From": "xchange"},
                answer="accepted",
            ),
        ),
    ),
)
