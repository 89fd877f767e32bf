"""Sends HTTP requests."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation
from xchange_cli.components.web.actions import send, send_form


def send_any(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Send a request of any method. The platform's documentation knows no such action."""
    context.warn("httpRequest is not documented; it is performed like the other HTTP actions here")
    return send(read_required(inputs, "method", to_string).strip().upper(), context, inputs)


def webhook(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Show the request that started the run, as the webhook trigger does that the documentation knows."""
    context.warn(
        "the trigger webhook of http is not documented; it is performed like that of webhook-triggers"
    )
    content_type = read(inputs, "contentType", to_string) or None
    return ActionResult(data=dict(context.payload), content_type=content_type)


_NOT_ABSOLUTE = 'url: the text "/orders" is not an absolute URL, which starts with http:// or https://'

COMPONENT = Implementation(
    actions={
        "httpGet": partial(send, "GET"),
        "httpPost": partial(send, "POST"),
        "httpPut": partial(send, "PUT"),
        "httpPatch": partial(send, "PATCH"),
        "httpDelete": partial(send, "DELETE"),
        "httpPostFormData": send_form,
        "httpRequest": send_any,
        "webhook": webhook,
    },
    examples=(
        Example("httpGet", {"url": "/orders"}, None, error=_NOT_ABSOLUTE),
        Example("httpPost", {"url": "/orders", "data": {"id": 1}}, None, error=_NOT_ABSOLUTE),
        Example("httpPut", {"url": "/orders", "data": "id=1"}, None, error=_NOT_ABSOLUTE),
        Example("httpPatch", {"url": "/orders", "data": [1]}, None, error=_NOT_ABSOLUTE),
        Example("httpDelete", {"url": "/orders"}, None, error=_NOT_ABSOLUTE),
        Example(
            "httpPostFormData",
            {"url": "https://api.acme.test", "httpMethod": "patch"},
            None,
            error='httpMethod: the text "patch" is neither post nor put',
        ),
        Example("httpRequest", {"url": "/orders", "method": "get"}, None, error=_NOT_ABSOLUTE),
        Example("webhook", {}, {"body": {"data": {"id": 1}, "contentType": "application/json"}}),
    ),
)
