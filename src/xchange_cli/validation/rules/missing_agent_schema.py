"""An agent flow does not say what it is called with.

What it checks
    A flow with `isAgentFlow: true` has `schemas.invoke`, the JSON Schema of its request.

Why it matters
    An AI agent knows by the schema which data to send: without it, the flow cannot be called as a tool.

How to fix
    Add `schemas: {invoke: {type: object, properties: …}}`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem

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
""",
    """\
    isAgentFlow: true
    schemas: {result: {type: object}}
#   ^^^^^^^ missing-agent-schema: an agent flow needs `schemas.invoke`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    node = flow.flow.node
    mark, schemas = node.get("isAgentFlow"), node.mapping("schemas")
    if not flow.flow.is_agent_flow or mark is None or (schemas is not None and "invoke" in schemas.entries):
        return
    place = node.key_node("schemas") if schemas is not None else None
    hint = "Add the JSON Schema of the request, such as `invoke: {type: object, properties: {id: {type: string}}}`."
    yield Problem((place or mark).span, "an agent flow needs `schemas.invoke`", hint, flow.flow.name)
