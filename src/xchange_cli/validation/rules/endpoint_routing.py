"""A shared URL does not say which flow or customer a request is for.

What it checks
    With `endpointType: instance_specific` or `shared_instance` there is a preprocess flow or there are routing fields.
    `shared_instance` needs `externalCustomerIdField`, and more than one flow needs `flowNameField`. The flow that
    `preprocessFlowName` names exists. Routing of a file whose flows have URLs of their own is a warning.

Why it matters
    A request to the URL reaches no flow. The import of such a file is refused.

How to fix
    Add the missing field: a reference to a step of the preprocess flow or, without one, into the request. Remove the
    routing where each flow has its own URL.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Scalar
from xchange_cli.model.integration import Integration
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.settings import is_set

SEVERITY = Severity.ERROR

_SHARED = ("instance_specific", "shared_instance")

VALID = (
    """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: shared_instance
externalCustomerIdField: {type: reference, value: payload.results.headers.x-customer}
""",
)

INVALID = (
    """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: instance_specific
#             ^^^^^^^^^^^^^^^^^ endpoint-routing: `instance_specific` needs `preprocessFlowName` or `flowNameField`
""",
    """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
  - name: Route
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: shared_instance
#             ^^^^^^^^^^^^^^^ endpoint-routing: `shared_instance` needs `externalCustomerIdField`
#             ^^^^^^^^^^^^^^^ endpoint-routing: `flowNameField` is missing, but there are several flows
preprocessFlowName: Rute
#                   ^^^^ endpoint-routing: no flow of this file is called `Rute`
""",
    """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
flowNameField: {type: reference, value: payload.results.headers.x-flow}
#<^^^^^^^^^^^^^ endpoint-routing: `flowNameField` has no effect: every flow has a URL of its own
""",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    file = facts.integration
    flow = file.node.text("preprocessFlowName")
    if flow is not None and flow.value and flow.value not in facts.flow_names:
        yield _unknown_flow(flow, facts)
    given = {key for key, field in file.routing.items() if is_set(field)}
    if file.preprocess_flow:
        given.add("preprocessFlowName")
    if file.endpoint_type in _SHARED:
        yield from _missing(given, facts)
    elif file.endpoint_type == "flow_specific":
        yield from _idle(given, facts)


def _unknown_flow(node: Scalar, facts: Facts) -> Problem:
    suggestion = nearest(node.value, facts.flow_names)
    return Problem(
        node.span,
        f"no flow of this file is called `{node.value}`",
        did_you_mean(suggestion, "Name the flow that is to run first."),
        node.value,
        fixes=use_word(suggestion, node, node.span),
    )


def _missing(given: set[str], facts: Facts) -> Iterator[Problem]:
    kind = facts.integration.endpoint_type
    span = (facts.integration.node.get("endpointType") or facts.integration.node).span
    hint = "Add it: a reference into the request, such as `payload.results.headers.x-customer`."
    if facts.integration.preprocess_flow:
        hint = "Add it: a reference to a step of the preprocess flow, such as `findCustomer.results.id`."
    if kind == "shared_instance" and "externalCustomerIdField" not in given:
        yield Problem(span, f"`{kind}` needs `externalCustomerIdField`", hint, "externalCustomerIdField")
    elif not given:
        message = f"`{kind}` needs `preprocessFlowName` or `flowNameField`"
        yield Problem(span, message, "Say how a request finds its flow.", kind)
        return
    if len(facts.integration.flows) > 1 and "flowNameField" not in given:
        message = "`flowNameField` is missing, but there are several flows"
        yield Problem(span, message, "Add it: a reference that gives the name of a flow.", "flowNameField")


def _idle(given: set[str], facts: Facts) -> Iterator[Problem]:
    node = facts.integration.node
    for key in sorted(given):
        message = f"`{key}` has no effect: every flow has a URL of its own"
        hint = "Remove it, or set `endpointType` to `instance_specific` or `shared_instance`."
        yield Problem((node.key_node(key) or node).span, message, hint, key, sure=False)
