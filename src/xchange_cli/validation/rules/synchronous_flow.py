"""A synchronous flow has a schedule trigger or is retried.

What it checks
    A flow with `isSynchronous: true` is not started by the schedule trigger and has no `retryConfig`.

Why it matters
    A synchronous flow answers a caller who waits: a schedule has no caller, and a retry comes too late for one. The
    import of such a file is refused.

How to fix
    Remove `isSynchronous`, or use another trigger and remove `retryConfig`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Mapping
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import is_schedule_trigger, trigger_of

SEVERITY = Severity.ERROR

VALID = (
    """\
    isSynchronous: false
    retryConfig: {maxAttempts: 3, delayMinutes: 1, usesExponentialBackoff: false}
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
""",
    """\
    isSynchronous: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
    isSynchronous: true
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
#                     ^^^^^^^^ synchronous-flow: a synchronous flow cannot be started by a schedule
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
""",
    """\
    isSynchronous: true
    retryConfig: {maxAttempts: 3, delayMinutes: 1, usesExponentialBackoff: false}
#   ^^^^^^^^^^^ synchronous-flow: a synchronous flow cannot be retried
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    node = flow.flow.node
    mark = node.get("isSynchronous")
    if not flow.flow.is_synchronous or mark is None:
        return
    synchronous = (Related(mark.span, "synchronous here"),)
    trigger = trigger_of(flow)
    if trigger is not None and trigger.step.action is not None and is_schedule_trigger(trigger):
        message = "a synchronous flow cannot be started by a schedule"
        hint = "Remove `isSynchronous`, or use another trigger."
        yield Problem(trigger.step.action.key_node.span, message, hint, related=synchronous)
    retry = node.key_node("retryConfig")
    if retry is not None and isinstance(node.get("retryConfig"), Mapping):
        message = "a synchronous flow cannot be retried"
        hint = "Remove `retryConfig`; single steps can be retried with `errorConfig`."
        yield Problem(retry.span, message, hint, related=synchronous)
