"""A synchronous flow has a schedule trigger or is retried.

What it checks
    A flow with `isSynchronous: true` is not started by the schedule trigger and has no `retryConfig`. The same holds
    for flows with `isAgentFlow: true`, which run synchronously as well. What starts an agent flow, and triggers that
    poll, are a warning.

Why it matters
    A synchronous flow answers a caller who waits: a schedule has no caller, and a retry comes too late for one. The
    import of such a file is refused.

How to fix
    Remove `isSynchronous`, or use another trigger and remove `retryConfig`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Mapping
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import is_schedule_trigger, runs_on_schedule, trigger_of

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
      - name: Answer
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
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
      - name: Answer
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
""",
    """\
    isAgentFlow: true
    schemas: {invoke: {type: object}}
    retryConfig: {maxAttempts: 3, delayMinutes: 1, usesExponentialBackoff: false}
#   ^^^^^^^^^^^ synchronous-flow: an agent flow cannot be retried
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Answer
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    node, sure = flow.flow.node, flow.flow.is_synchronous
    mark = "isSynchronous" if sure else "isAgentFlow"
    place = node.get(mark)
    if not flow.flow.is_answered_at_end or place is None:
        return
    kind = "a synchronous flow" if sure else "an agent flow"
    because = (Related(place.span, "the caller waits because of this"),)
    trigger = trigger_of(flow)
    if trigger is not None and trigger.step.action is not None and _starts_on_schedule(trigger):
        message = f"{kind} cannot be started by a schedule"
        hint = f"Remove `{mark}`, or use another trigger."
        is_certain = sure and is_schedule_trigger(trigger)
        yield Problem(trigger.step.action.key_node.span, message, hint, sure=is_certain, related=because)
    retry = node.key_node("retryConfig")
    if retry is not None and isinstance(node.get("retryConfig"), Mapping):
        hint = "Remove `retryConfig`; single steps can be retried with `errorConfig`."
        yield Problem(retry.span, f"{kind} cannot be retried", hint, related=because)


def _starts_on_schedule(trigger: StepFacts) -> bool:
    return is_schedule_trigger(trigger) or (trigger.spec is not None and runs_on_schedule(trigger.spec))
