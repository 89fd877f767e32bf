"""Messages that Amazon SNS posts to the URL of a flow."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, parse_json, to_text
from xchange_cli.wire.http import HttpRequest, Terms


def parsed(data: Any) -> dict[str, Any]:
    """Read a message: JSON text, or what was parsed already."""
    message = parsed_text(to_text(data), "the body") if isinstance(data, str | bytes) else data
    if not isinstance(message, Mapping):
        raise ActionError(f"the body must be a message of SNS, a JSON object, not {describe(message)}")
    return dict(message)


def confirm(context: ActionContext, message: Mapping[str, Any]) -> None:
    """Call the URL by which a message asks to be confirmed."""
    url = message.get("SubscribeURL")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise ActionError(f"SubscribeURL of the message is {describe(url)}, and not a URL")
    response = context.http.send(
        HttpRequest("GET", url), Terms(seconds=min(max(context.seconds_left, 0.0), 60.0))
    )
    if not 200 <= response.status < 300:
        raise ActionError(
            f"the subscription was not confirmed: SNS answered {response.status} {response.reason}"
        )


def parsed_text(text: str, name: str) -> Any:
    """Parse JSON; `name` is what an error calls the text."""
    try:
        return parse_json(text)
    except ValueError as error:
        raise ActionError(f"{name} is not JSON: {error}") from error
