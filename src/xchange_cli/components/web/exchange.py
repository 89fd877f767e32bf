"""Sends the request of an HTTP action, again if it must."""

import math
from email.utils import parsedate_to_datetime

from xchange_cli.components.spec import ActionContext, ActionError, ActionResult
from xchange_cli.components.web.answer import failure, is_success, result, status_line
from xchange_cli.components.web.debug import log_request, log_response
from xchange_cli.components.web.options import Options
from xchange_cli.wire.http import HttpRequest, HttpResponse, Terms, WireError
from xchange_cli.wire.urls import shown_url

_NETWORK_ERRORS = frozenset({"connection-failed", "timeout", "broken-response"})
_NEVER_BETTER = frozenset({"bad-request", "too-large"})
_MOST_DOUBLINGS = 20
_FIRST_DELAY = 0.1


def exchange(context: ActionContext, request: HttpRequest, options: Options) -> ActionResult:
    """Send a request, up to `options.retries` times more, and give what its response is worth.

    Sent again is after network errors (timeouts too) and answers from 500 on, and if so asked after all other errors,
    whatever the method. The wait doubles from 0.2 s with back-off, up to a fifth more by chance; a `Retry-After`
    of an answer 429 or 503 makes it longer, never shorter.

    Raises:
        ActionError: `http-status` for an answer outside of 200 to 299, `timeout` when the run's time is over.
        WireError: where there is no response.

    """
    attempt = 1
    while True:
        outcome = _outcome(context, request, options)
        if isinstance(outcome, HttpResponse) and is_success(outcome):
            return result(context, outcome, options)
        if attempt > options.retries or not _may_pass(outcome, options):
            raise outcome if isinstance(outcome, WireError) else failure(request, outcome)
        _wait(context, request, outcome, attempt, options)
        attempt += 1


def _outcome(context: ActionContext, request: HttpRequest, options: Options) -> HttpResponse | WireError:
    if context.seconds_left <= 0:
        raise ActionError("the time of the run is over", kind="timeout")
    seconds = min(options.seconds or math.inf, context.seconds_left)
    terms = Terms(seconds=seconds, most_redirects=options.redirects, verifies=options.verifies)
    if options.debugs:
        log_request(context, request)
    try:
        response = context.http.send(request, terms)
    except WireError as error:
        return error
    if options.debugs:
        log_response(context, response)
    return response


def _may_pass(outcome: HttpResponse | WireError, options: Options) -> bool:
    if isinstance(outcome, HttpResponse):
        return options.retries_all or outcome.status >= 500
    if outcome.is_final or outcome.kind in _NEVER_BETTER:
        return False
    return options.retries_all or outcome.kind in _NETWORK_ERRORS


def _wait(
    context: ActionContext,
    request: HttpRequest,
    outcome: HttpResponse | WireError,
    attempt: int,
    options: Options,
) -> None:
    delay = options.retry_delay
    if delay is None:
        delay = _FIRST_DELAY * 2 ** min(attempt, _MOST_DOUBLINGS) * (1 + 0.2 * context.random())
    delay = max(delay, _retry_after(context, outcome))
    if isinstance(outcome, WireError):
        problem = outcome.message
    else:
        problem = f"{request.method} {shown_url(request.url)}: the server answered {status_line(outcome)}"
    again = f"attempt {attempt + 1} of {options.retries + 1} follows"
    context.log("WARN", f"{problem}; {again}{f' in {delay:.3g} s' if delay else ''}")
    context.pause(delay)


def _retry_after(context: ActionContext, outcome: HttpResponse | WireError) -> float:
    """Read how many seconds the server asks to wait: it may also tell a time."""
    if isinstance(outcome, WireError) or outcome.status not in {429, 503}:
        return 0.0
    value = (outcome.header("Retry-After") or "").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        return max((parsedate_to_datetime(value) - context.now()).total_seconds(), 0.0)
    except (TypeError, ValueError, OverflowError):  # TypeError: a time without zone
        return 0.0
