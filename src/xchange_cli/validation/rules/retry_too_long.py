"""A step may wait for its retries longer than its flow may take.

What it checks
    The waiting times of `errorConfig` with the handler `retry` (`maxAttempts` times `delaySeconds`, doubled each time
    with `usesExponentialBackoff`) add up to no more than the flow has: 15 minutes, or 30 seconds where a caller waits
    for the answer.

Why it matters
    The flow runs out of time before the last retry, and fails in a way that no error handling sees.

How to fix
    Use fewer attempts or a shorter delay; or retry the whole flow by `retryConfig`, which takes no time of a run.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ErrorConfig
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_LIMIT_SECONDS = 15 * 60
_SYNCHRONOUS_LIMIT_SECONDS = 30
_MOST_ATTEMPTS = 5

VALID = (
    """\
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        errorConfig: {errorHandlerType: retry, maxAttempts: 5, delaySeconds: 60, usesExponentialBackoff: false}
        inputs:
          url: {type: value, value: 'https://api.example.com'}
""",
)

INVALID = (
    """\
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        errorConfig: {errorHandlerType: retry, maxAttempts: 5, delaySeconds: 60, usesExponentialBackoff: true}
#                                                                            ^^ retry-too-long: the retries wait up to 1860 seconds, but the flow may take 900
        inputs:
          url: {type: value, value: 'https://api.example.com'}
""",
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        errorConfig: {errorHandlerType: retry, maxAttempts: 4, delaySeconds: 10}
#                                                                            ^^ retry-too-long: the retries wait up to 40 seconds, but the flow may take 30
        inputs:
          url: {type: value, value: 'https://api.example.com'}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    error = step.step.error
    node = step.step.node.mapping("errorConfig") if error.handler == "retry" else None
    delay = node.get("delaySeconds") if node is not None else None
    if delay is None:
        return
    limit = _SYNCHRONOUS_LIMIT_SECONDS if step.flow.flow.is_answered_at_end else _LIMIT_SECONDS
    waits = _waits(error)
    if waits > limit:
        message = f"the retries wait up to {waits:g} seconds, but the flow may take {limit}"
        yield Problem(delay.span, message, "Use fewer attempts or a shorter delay.", f"{waits:g}")


def _waits(error: ErrorConfig) -> float:
    attempts = min(error.max_attempts, _MOST_ATTEMPTS)
    return error.delay_seconds * (2**attempts - 1 if error.exponential else attempts)
