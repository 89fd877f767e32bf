"""A flow that has no schedule, or has a queue, skips executions.

What it checks
    `singletonExecutions: true`, which skips an execution while another one is active, stands only on flows with a
    schedule trigger or one that polls, and not together with `usesFifoQueue: true`.

Why it matters
    The import of such a file is refused, or the setting is ignored: requests of callers must not be dropped.

How to fix
    Remove `singletonExecutions`, or use another trigger.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import may_have_schedule, trigger_of

SEVERITY = Severity.ERROR

VALID = (
    """\
    queueConfig: {usesFifoQueue: false, singletonExecutions: true}
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
""",
)

INVALID = (
    """\
    queueConfig: {singletonExecutions: true}
#                 ^^^^^^^^^^^^^^^^^^^ singleton-conflict: `singletonExecutions` needs a trigger that runs on a schedule
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
    """\
    queueConfig:
      concurrencyLimit: 2
      singletonExecutions: true
#     ^^^^^^^^^^^^^^^^^^^ singleton-conflict: `singletonExecutions` and `usesFifoQueue` exclude one another
      usesFifoQueue: true
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    queue = flow.flow.node.mapping("queueConfig")
    key = queue.key_node("singletonExecutions") if queue is not None else None
    if queue is None or key is None or queue.data["singletonExecutions"] is not True:
        return
    fifo, trigger = queue.key_node("usesFifoQueue"), trigger_of(flow)
    if fifo is not None and queue.data["usesFifoQueue"] is True:
        message = "`singletonExecutions` and `usesFifoQueue` exclude one another"
        yield Problem(key.span, message, "Remove one of the two.", related=(Related(fifo.span, "the queue"),))
    elif trigger is not None and not _may_have_schedule(trigger):
        yield Problem(
            key.span,
            "`singletonExecutions` needs a trigger that runs on a schedule",
            hint="Remove `singletonExecutions`.",
            sure=trigger.spec is not None and trigger.spec.basis.is_sure,
            related=(Related(trigger.step.name_node.span, "the trigger"),),
        )


def _may_have_schedule(trigger: StepFacts) -> bool:
    return trigger.spec is None or not trigger.spec.is_trigger or may_have_schedule(trigger.spec)
