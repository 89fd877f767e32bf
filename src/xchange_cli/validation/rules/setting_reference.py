"""A setting of a flow or of the file reads something that it cannot read.

What it checks
    `uniqueRequestIdField` and `dedupeIdField` of a flow read the result of its trigger. With a preprocess flow, the
    fields that route requests (`flowNameField`, `externalCustomerIdField`, `externalCustomerUserIdField`) refer to
    steps of that flow; without one they read headers, body or query of the request, else it is a warning. So is a
    value that is the same for every request.

Why it matters
    Requests cannot be told apart, or reach no flow: the setting has no value, or always the same one.

How to fix
    Refer to what differs from request to request, such as `trigger.results.headers.X-Request-Id`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal, Reference
from xchange_cli.model.integration import Input, Integration
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.settings import flow_settings, is_set

SEVERITY = Severity.ERROR

_OF_REQUEST = ("headers", "body", "rawBody", "queryParameters", "pathFragment")

VALID = (
    """\
    retryConfig:
      maxAttempts: 3
      delayMinutes: 1
      uniqueRequestIdField: {type: reference, value: called.results.headers.X-Request-Id}
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: instance_specific
flowNameField: {type: reference, value: called.results.body.data.flow}
preprocessFlowName: Flow
""",
)

INVALID = (
    """\
    retryConfig:
      maxAttempts: 3
      delayMinutes: 1
      uniqueRequestIdField: {type: value, value: request}
#                                                ^^^^^^^ setting-reference: `uniqueRequestIdField` is the same for every request
    queueConfig:
      usesFifoQueue: true
      dedupeIdField: {type: reference, value: called.headers.X-Request-Id}
#                                                    ^^^^^^^ setting-reference: a step has no `headers`
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: instance_specific
flowNameField: {type: reference, value: payload.results.header.x-flow}
#                                                       ^^^^^^ setting-reference: a request has no `header`
""",
    """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
endpointType: instance_specific
flowNameField: {type: reference, value: payload.results.headers.x-flow}
#                                       ^^^^^^^ setting-reference: the preprocess flow `Flow` has no step `payload`
preprocessFlowName: Flow
""",
)

_REQUEST = "payload"


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    for given in flow_settings(flow.flow):
        if isinstance(given.expression, Reference):
            yield from _form(given.expression)
        else:
            yield from _constant(given)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    name = facts.integration.preprocess_flow
    for given in facts.integration.routing.values():
        reference = given.expression
        if not isinstance(reference, Reference):
            yield from _constant(given)
        elif not name:
            yield from _form(reference) if len(reference.path) > 1 else ()
            yield from _request_part(reference)
        else:
            flow = next((flow for flow in facts.flows if flow.flow.name == name), None)
            yield from _step(reference, flow) if flow is not None else ()


def _constant(given: Input) -> Iterator[Problem]:
    if isinstance(given.expression, Literal) and is_set(given):
        message = f"`{given.key}` is the same for every request"
        yield Problem(given.value_node.span, message, "Use a reference.", given.key, sure=False)


def _step(reference: Reference, flow: FlowFacts) -> Iterator[Problem]:
    if reference.step in flow.by_ref:
        yield from _form(reference)
        return
    suggestion, span = nearest(reference.step, flow.by_ref), reference.span(0, 0)
    otherwise = "The fields refer to what the preprocess flow found out."
    if reference.step == _REQUEST:
        otherwise = (
            "Fields that point into the request and a preprocess flow exclude one another: "
            "refer to a step of that flow, or remove `preprocessFlowName`."
        )
    yield Problem(
        span,
        f"the preprocess flow `{flow.flow.name}` has no step `{reference.step}`",
        did_you_mean(suggestion, otherwise),
        reference.step,
        fixes=use_word(suggestion, reference.node, span),
    )


def _form(reference: Reference) -> Iterator[Problem]:
    path = reference.path
    if len(path) == 1:
        message = f"`{path[0]}` alone is no reference: it does not say what is wanted of the step"
        yield Problem(reference.span(0, 0), message, f"Write `{path[0]}.results.…`.", path[0])
    elif path[1] != "results":
        hint = f"Did you mean `{path[0]}.results.{'.'.join(path[1:])}`?"
        yield Problem(reference.span(1, 1), f"a step has no `{path[1]}`", hint, path[1])


def _request_part(reference: Reference) -> Iterator[Problem]:
    path = reference.path
    if len(path) > 2 and path[1] == "results" and path[2] not in _OF_REQUEST:
        suggestion, span = nearest(path[2], _OF_REQUEST), reference.span(2, 2)
        hint = did_you_mean(suggestion, "It has headers, body, queryParameters and pathFragment.")
        fixes = use_word(suggestion, reference.node, span)
        yield Problem(span, f"a request has no `{path[2]}`", hint, path[2], sure=False, fixes=fixes)
