"""Messages that Amazon SNS posts to the URL of a flow."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, parse_json, to_text
from xchange_cli.wire.http import HttpRequest, Terms, WireError
from xchange_cli.wire.urls import parsed_url, shown_url


def parsed(data: Any) -> dict[str, Any]:
    """Read a message: JSON text, or what was parsed already."""
    message = parsed_text(to_text(data), "the body") if isinstance(data, str | bytes) else data
    if not isinstance(message, Mapping):
        raise ActionError(f"the body must be a message of SNS, a JSON object, not {describe(message)}")
    return dict(message)


def confirm(context: ActionContext, message: Mapping[str, Any]) -> None:
    """Call the URL by which a message asks to be confirmed, which changes the subscription though it is a GET.

    Raises:
        WireError: `write-blocked` where that is not allowed.

    """
    url = message.get("SubscribeURL")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise ActionError(f"SubscribeURL of the message is {describe(url)}, and not a URL")
    _require_leave(context, url)
    response = context.http.send(
        HttpRequest("GET", url), Terms(seconds=min(max(context.seconds_left, 0.0), 60.0))
    )
    if not 200 <= response.status < 300:
        raise ActionError(
            f"the subscription was not confirmed: SNS answered {response.status} {response.reason}"
        )


def _require_leave(context: ActionContext, url: str) -> None:
    host = parsed_url(url).raw_host.decode("ascii", "replace")
    try:
        context.require_access(host, lambda: f"confirmation of a subscription by GET {shown_url(url)}")
    except WireError as refused:
        if refused.kind != "network-denied":  # a run without connections may have a recorded answer
            raise


def parsed_text(text: str, name: str) -> Any:
    """Parse JSON; `name` is what an error calls the text."""
    try:
        return parse_json(text)
    except ValueError as error:
        raise ActionError(f"{name} is not JSON: {error}") from error
