"""What `debugRequest` writes to the log: all of an exchange but what proves who one is."""

from xchange_cli.components.spec import ActionContext
from xchange_cli.components.web.answer import beginning_of, status_line
from xchange_cli.wire.http import Headers, HttpRequest, HttpResponse
from xchange_cli.wire.sensitive import is_sensitive
from xchange_cli.wire.urls import HIDDEN, shown_url


def log_request(context: ActionContext, request: HttpRequest) -> None:
    first = f"{request.method} {shown_url(request.url)}"
    context.log("DEBUG", "\n".join([f"request: {first}", *_lines(request.headers, request.body)]))


def log_response(context: ActionContext, response: HttpResponse) -> None:
    context.log(
        "DEBUG", "\n".join([f"response: {status_line(response)}", *_lines(response.headers, response.body)])
    )


def _lines(headers: Headers, body: bytes) -> list[str]:
    lines = [f"{name}: {HIDDEN if is_sensitive(name) else value}" for name, value in headers]
    return [*lines, "", beginning_of(body)] if body else lines
