"""What an HTTP action makes of a response."""

from typing import Any

from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult
from xchange_cli.components.web.options import Options
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.wire.http import HttpRequest, HttpResponse
from xchange_cli.wire.urls import shown_url

MOST_SHOWN = 500
"""Characters of a body that an error shows."""


def is_success(response: HttpResponse) -> bool:
    return 200 <= response.status < 300


def failure(request: HttpRequest, response: HttpResponse) -> ActionError:
    """Say that the status is none of success, with the beginning of what came."""
    line = f"{request.method} {shown_url(request.url)}: the server answered {status_line(response)}"
    beginning = beginning_of(response.body)
    return ActionError(f"{line}: {beginning}" if beginning else line, kind="http-status")


def status_line(response: HttpResponse) -> str:
    return f"{response.status} {response.reason}".rstrip()


def beginning_of(body: bytes) -> str:
    """Show how a body begins; one that is no text by its size."""
    try:
        text = (
            body[: 4 * MOST_SHOWN]
            .decode("utf-8", "strict" if len(body) <= 4 * MOST_SHOWN else "ignore")
            .strip()
        )
    except UnicodeDecodeError:
        return f"{len(body)} bytes that are not text"
    is_cut = len(text) > MOST_SHOWN or len(body) > 4 * MOST_SHOWN
    return f"{text[:MOST_SHOWN]}…" if is_cut else text


def result(context: ActionContext, response: HttpResponse, options: Options) -> ActionResult:
    """Give the body, or with `includeFullResponse` the object that axios gives."""
    data = _data(context, response, options.response_type)
    if not options.is_full:
        return ActionResult(data=data)
    return ActionResult(
        data={
            "data": data,
            "status": response.status,
            "statusText": response.reason,
            "headers": headers_of(response),
        }
    )


def headers_of(response: HttpResponse) -> dict[str, Any]:
    """Give headers as Node.js does: names in lower case, repeated ones joined, cookies as a list."""
    found: dict[str, list[str]] = {}
    for name, value in response.headers:
        found.setdefault(name.lower(), []).append(value)
    return {
        name: values if name == "set-cookie" else ", ".join(values)
        for name, values in found.items()
        if name != "content-encoding"
    }


@refusing_depth
def _data(context: ActionContext, response: HttpResponse, response_type: str) -> Any:
    """Read the body: text is UTF-8 whatever the headers say, and what should be JSON but is not stays text."""
    if response_type == "binary":
        return {
            "data": response.body,
            "contentType": response.header("Content-Type") or "application/octet-stream",
        }
    text = response.body.decode("utf-8", "replace").removeprefix("\ufeff")
    if "\ufffd" in text and "\ufffd".encode() not in response.body:
        context.warn(
            "the response is not UTF-8, which HTTP actions take it for; use the response type binary"
        )
    return parse_if_json(text) if response_type == "json" else text
