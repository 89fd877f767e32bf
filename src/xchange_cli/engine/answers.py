"""The HTTP answer that a caller of a flow gets."""

from typing import Any

from xchange_cli.components.spec import ActionResult
from xchange_cli.engine.events import Response


def last_answer(last: ActionResult) -> Response:
    """Give the answer of a synchronous flow: what the step that was executed last says."""
    return _response(last, last.data)


def first_answer(trigger: ActionResult, run_id: str) -> Response:
    """Give what an asynchronous flow answers at once: what its trigger says, else the id of the run."""
    return _response(trigger, {"executionId": run_id} if trigger.answer is None else trigger.answer)


def _response(result: ActionResult, body: Any) -> Response:
    content_type = result.content_type or _content_type(body)
    return Response(result.status_code or 200, content_type, result.headers or {}, body)


def _content_type(body: Any) -> str:
    if isinstance(body, bytes):
        return "application/octet-stream"
    return "text/plain" if isinstance(body, str) else "application/json"
