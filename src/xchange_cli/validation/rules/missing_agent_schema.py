"""An agent flow does not say what it is called with.

What it checks
    A flow with `isAgentFlow: true` has `schemas.invoke`, the JSON Schema of its request. A flow that the trigger
    `toolFlowTrigger` of `openai` starts has both; that it has not is a warning.

Why it matters
    An AI agent knows by the schema which data to send: without it, the flow cannot be called as a tool.

How to fix
    Add `schemas: {invoke: {type: object, properties: …}}` and `isAgentFlow: true`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ActionRef, Flow
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import trigger_of

SEVERITY = Severity.ERROR

VALID = (
    """\
    isAgentFlow: true
    schemas:
      invoke: {type: object, properties: {orderId: {type: string}}, required: [orderId]}
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
    isAgentFlow: true
#                ^^^^ missing-agent-schema: an agent flow needs `schemas.invoke`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Answer
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
""",
    """\
    isAgentFlow: true
    schemas: {result: {type: object}}
#   ^^^^^^^ missing-agent-schema: an agent flow needs `schemas.invoke`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Answer
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
""",
    """\
    steps:
      - name: Asked
        isTrigger: true
        action: {key: toolFlowTrigger, component: {key: openai, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^^^^ missing-agent-schema: a flow that agents call needs `isAgentFlow: true` and `schemas.invoke`
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    trigger = trigger_of(flow)
    action = trigger.step.action if trigger is not None else None
    if action is not None and not flow.flow.is_agent_flow and _is_tool(action):
        yield _hidden_tool(flow.flow, action)
        return
    node = flow.flow.node
    mark, schemas = node.get("isAgentFlow"), node.mapping("schemas")
    if not flow.flow.is_agent_flow or mark is None or (schemas is not None and "invoke" in schemas.entries):
        return
    place = node.key_node("schemas") if schemas is not None else None
    hint = "Add the JSON Schema of the request, such as `invoke: {type: object, properties: {id: {type: string}}}`."
    yield Problem((place or mark).span, "an agent flow needs `schemas.invoke`", hint, flow.flow.name)


def _is_tool(action: ActionRef) -> bool:
    return action.is_public and (action.component, action.key) == ("openai", "toolFlowTrigger")


def _hidden_tool(flow: Flow, action: ActionRef) -> Problem:
    schemas = flow.node.mapping("schemas")
    has_schema = schemas is not None and "invoke" in schemas.entries
    needed = "`isAgentFlow: true`" if has_schema else "`isAgentFlow: true` and `schemas.invoke`"
    message = f"a flow that agents call needs {needed}"
    return Problem(action.key_node.span, message, "Agents find the flow by it.", flow.name, sure=False)
