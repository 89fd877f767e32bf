"""A flow has a queue that cannot have one.

What it checks
    `usesFifoQueue: true` is not set on a flow that is synchronous, is the preprocess flow, or starts with a schedule or
    management trigger. For agent flows, which are synchronous too, it is a warning.

Why it matters
    The import of such a file is refused, or the setting is ignored.

How to fix
    Remove `usesFifoQueue`, or use another trigger.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Node
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import is_management_trigger, is_schedule_trigger, trigger_of

SEVERITY = Severity.ERROR

_AGENT = "an agent flow"

VALID = (
    """\
    queueConfig: {usesFifoQueue: true, concurrencyLimit: 5, singletonExecutions: false}
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
    queueConfig: {usesFifoQueue: true, concurrencyLimit: 5}
#                 ^^^^^^^^^^^^^ queue-conflict: a flow with a schedule trigger cannot have a queue
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
  - name: Deploy
    queueConfig: {usesFifoQueue: true}
#                 ^^^^^^^^^^^^^ queue-conflict: a flow with a management trigger cannot have a queue
    steps:
      - name: Deployed
        isTrigger: true
        action: {key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}
""",
    """\
    isSynchronous: true
    queueConfig: {usesFifoQueue: true}
#                 ^^^^^^^^^^^^^ queue-conflict: a synchronous flow cannot have a queue
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Answer
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
  - name: Route
    queueConfig: {usesFifoQueue: true}
#                 ^^^^^^^^^^^^^ queue-conflict: the preprocess flow cannot have a queue
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: instance_specific
preprocessFlowName: Route
flowNameField: {type: reference, value: called.results.body.data.flow}
""",
)


def check_flow(flow: FlowFacts, facts: Facts) -> Iterator[Problem]:
    queue = flow.flow.node.mapping("queueConfig")
    fifo = queue.get("usesFifoQueue") if queue is not None else None
    if queue is None or fifo is None or fifo.data is not True:
        return
    for reason, place in _reasons(flow, facts):
        span = (queue.key_node("usesFifoQueue") or fifo).span
        related = (Related(place.span, "this is why"),)
        hint, sure = "Remove `usesFifoQueue`.", reason != _AGENT
        yield Problem(span, f"{reason} cannot have a queue", hint, sure=sure, related=related)


def _reasons(flow: FlowFacts, facts: Facts) -> Iterator[tuple[str, Node]]:
    synchronous = flow.flow.node.get("isSynchronous")
    if flow.flow.is_synchronous and synchronous is not None:
        yield "a synchronous flow", synchronous
    elif flow.flow.is_agent_flow:
        yield _AGENT, flow.flow.node.get("isAgentFlow") or flow.flow.node
    preprocess = facts.integration.node.text("preprocessFlowName")
    if preprocess is not None and preprocess.value and preprocess.value == flow.flow.name:
        yield "the preprocess flow", preprocess
    trigger = trigger_of(flow)
    if trigger is None or trigger.step.action is None:
        return
    if is_schedule_trigger(trigger):
        yield "a flow with a schedule trigger", trigger.step.action.key_node
    elif is_management_trigger(trigger):
        yield "a flow with a management trigger", trigger.step.action.key_node
