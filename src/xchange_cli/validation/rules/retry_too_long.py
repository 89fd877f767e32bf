"""Steps may wait for their retries longer than their flow may take.

What it checks
    The waiting times of `errorConfig` with the handler `retry` (`maxAttempts` times `delaySeconds`, doubled each time
    with `usesExponentialBackoff`) add up to no more than the flow has: 15 minutes, or 30 seconds where a caller waits
    for the answer. This holds for each step, and for all steps of one way through the flow together: of several
    branches the one that waits longest counts, and a loop counts once.

Why it matters
    The flow runs out of time before the last retry, and fails in a way that no error handling sees.

How to fix
    Use fewer attempts or a shorter delay; or retry the whole flow by `retryConfig`, which takes no time of a run.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.model.integration import ErrorConfig, Step
from xchange_cli.source import Span
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_LIMIT_SECONDS = 15 * 60
_SYNCHRONOUS_LIMIT_SECONDS = 30
_MOST_ATTEMPTS = 5
_MOST_RELATED = 3

VALID = (
    """\
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        errorConfig: {errorHandlerType: retry, maxAttempts: 5, delaySeconds: 60, usesExponentialBackoff: false}
        inputs:
          url: {type: value, value: 'https://api.example.com'}
""",
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Choose
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: called.results.body.data.size}
          branchValueMappings: {type: complex, value: [{name: Large, type: value, value: L}]}
        branches:
          - name: Large
            steps:
              - name: Fetch Large
                action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
                errorConfig: {errorHandlerType: retry, maxAttempts: 3, delaySeconds: 8}
                inputs:
                  url: {type: value, value: 'https://api.example.com/large'}
          - name: Else
            steps:
              - name: Fetch
                action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
                errorConfig: {errorHandlerType: retry, maxAttempts: 3, delaySeconds: 8}
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
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        errorConfig: {errorHandlerType: retry, maxAttempts: 3, delaySeconds: 8}
        inputs:
          url: {type: value, value: 'https://api.example.com'}
      - name: Fetch More
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        errorConfig: {errorHandlerType: retry, maxAttempts: 3, delaySeconds: 8}
#                                                                            ^ retry-too-long: the retries of 2 steps wait up to 48 seconds together, but the flow may take 30
        inputs:
          url: {type: value, value: 'https://api.example.com/more'}
""",
)


class _Wait(NamedTuple):
    """How long a step may wait for its retries, and where its delay stands."""

    seconds: float
    span: Span


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    limit = _SYNCHRONOUS_LIMIT_SECONDS if flow.flow.is_answered_at_end else _LIMIT_SECONDS
    waits = [wait for step in flow.steps if (wait := _wait(step.step)) is not None]
    too_long = [wait for wait in waits if wait.seconds > limit]
    for wait in too_long:
        message = f"the retries wait up to {wait.seconds:g} seconds, but the flow may take {limit}"
        yield Problem(wait.span, message, "Use fewer attempts or a shorter delay.", f"{wait.seconds:g}")
    if not too_long and sum(wait.seconds for wait in waits) > limit:
        yield from _together(_longest(flow.flow.steps), limit)


def _together(waits: list[_Wait], limit: int) -> Iterator[Problem]:
    """Point at the step with which the time is over."""
    total = sum(wait.seconds for wait in waits)
    sums = accumulate(wait.seconds for wait in waits)
    last = next((index for index, so_far in enumerate(sums) if so_far > limit), None)
    if last is None:
        return
    message = f"the retries of {len(waits)} steps wait up to {total:g} seconds together, but the flow may take {limit}"
    others = tuple(
        Related(wait.span, f"up to {wait.seconds:g} seconds") for wait in waits if wait != waits[last]
    )
    hint = "Use fewer attempts or shorter delays."
    yield Problem(waits[last].span, message, hint, f"{total:g}", related=others[:_MOST_RELATED])


def _longest(steps: Iterable[Step]) -> list[_Wait]:
    """Give the waits of the way through the steps that waits longest."""
    found: list[_Wait] = []
    for step in steps:
        own = _wait(step)
        found += [own] if own is not None else []
        found += _longest(step.steps or ())
        ways = (_longest(branch.steps) for branch in step.branches or ())
        found += max(ways, key=lambda waits: sum(wait.seconds for wait in waits), default=[])
    return found


def _wait(step: Step) -> _Wait | None:
    node = step.node.mapping("errorConfig") if step.error.handler == "retry" else None
    delay = node.get("delaySeconds") if node is not None else None
    return None if delay is None else _Wait(_seconds(step.error), delay.span)


def _seconds(error: ErrorConfig) -> float:
    attempts = min(error.max_attempts, _MOST_ATTEMPTS)
    return error.delay_seconds * (2**attempts - 1 if error.exponential else attempts)
