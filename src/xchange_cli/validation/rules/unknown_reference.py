"""A reference names no step of the flow.

What it checks
    The first part of every reference, alone or in a template, is the key of a step of the same flow: its name in
    camel case, where only characters other than ASCII letters and digits separate words. Settings of the flow
    (`uniqueRequestIdField`, `dedupeIdField`) may refer to its trigger only.

Why it matters
    The reference has no value when the flow runs. It is the most frequent fault after a step was renamed.

How to fix
    Use the key of an existing step; the hint names the nearest one. `GET Request 2` is `getRequest2`, and
    `Receive GitHub Events` is `receiveGithubEvents`: capitals inside of a word are lost.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Reference
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, FlowFacts, ReferenceUse
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.settings import flow_settings

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: List Files
        action: {key: create, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          items: {type: complex, value: []}
      - name: Count Files
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: listFiles.results}
""",
)

INVALID = (
    """\
      - name: List Files
        action: {key: create, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          items: {type: complex, value: []}
      - name: Count Files
        action: {key: length, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: lisFiles.results}
#                                             ^^^^^^^^ unknown-reference: no step of this flow is called `lisFiles`
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: info}
          message: {type: template, value: 'Hello {{$receiveOrder.results.body.data.name}}'}
#                                                    ^^^^^^^^^^^^ unknown-reference: no step of this flow is called `receiveOrder`
""",
    """\
    retryConfig:
      maxAttempts: 3
      delayMinutes: 1
      usesExponentialBackoff: false
      uniqueRequestIdField: {type: reference, value: triger.results.headers.X-Request-Id}
#                                                    ^^^^^^ unknown-reference: `uniqueRequestIdField` can only refer to the trigger, not to `triger`
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
""",
)


def check_reference(use: ReferenceUse, facts: Facts) -> Iterator[Problem]:
    flow, name = use.step.flow, use.reference.step
    if name in flow.by_ref:
        return
    suggestion = nearest(name, flow.by_ref) if use.may_be_closed else flow.nearest_in_sight(name, use.step)
    span = use.reference.span(0, 0)
    yield Problem(
        span,
        f"no step of this flow is called `{name}`",
        hint=did_you_mean(suggestion, _other_meaning(name, facts)),
        subject=name,
        fixes=use_word(suggestion, use.reference.node, span),
    )


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    """Settings of a flow may refer to its trigger, for which code-native projects keep inner capitals."""
    trigger = flow.flow.trigger
    for given in flow_settings(flow.flow):
        expression = given.expression
        if trigger is None or not isinstance(expression, Reference):
            continue
        if expression.step.casefold() != trigger.ref.casefold():
            span = expression.span(0, 0)
            yield Problem(
                span,
                f"`{given.key}` can only refer to the trigger, not to `{expression.step}`",
                hint=f"Here the trigger is called `{trigger.ref}`.",
                subject=expression.step,
                fixes=use_word(trigger.ref, expression.node, span),
            )


def _other_meaning(name: str, facts: Facts) -> str:
    if name in facts.config_vars:
        return f"`{name}` is a config variable: use the type `configVar`, or `{{{{#{name}}}}}` in a template."
    flow = next((flow.flow.name for flow in facts.flows if name in flow.by_ref), None)
    return f"The flow `{flow}` has such a step, but references see their own flow only." if flow else ""
