"""A connection input is given something that is no connection.

What it checks
    An input of the type connection names a config variable of the data type `connection`. Empty means "not set".

Why it matters
    The action looks for credentials and finds none, so the step fails.

How to fix
    Name a connection variable: `connection: {type: configVar, value: Slack Connection}`.
"""

from collections.abc import Iterator

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue, Expression, Items, Literal, Reference, Template
from xchange_cli.model.integration import Input
from xchange_cli.validation.connections import connection_hint
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.input_types import use_type
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: value, value: Slack Connection}
#                                          ^^^^^^^^^^^^^^^^ not-a-connection: `connection` must name a connection, not hold text
      - name: List Channels
        action: {key: listConversations, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: reference, value: trigger.results.body.data.connection}
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-a-connection: `connection` must name a connection, not refer to a step
      - name: List Again
        action: {key: listConversations, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
""",
    """\
      - name: List Channels
        action: {key: listConversations, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Channel}
#                                              ^^^^^^^ not-a-connection: `Channel` is a config variable of the type `string`, not a connection
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Channel}
requiredConfigVars:
  - {key: Channel, dataType: string, defaultValue: general}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    if step.spec is None or step.component is None:
        return
    for given, spec in step.inputs.special:
        if spec.type != "connection":
            continue
        if isinstance(given.expression, ConfigValue):
            hint = connection_hint(step.component.key, facts)
            yield from _wrong_variable(given.expression, spec, hint, facts)
        else:
            yield from _no_variable(given, given.expression, spec, facts)


def _wrong_variable(value: ConfigValue, spec: InputSpec, hint: str, facts: Facts) -> Iterator[Problem]:
    variable = facts.config_vars.get(value.key)
    if variable is not None and variable.data_type not in {"connection", "credential", ""}:
        yield Problem(
            value.span(),
            f"`{value.key}` is a config variable of the type `{variable.data_type}`, not a connection",
            hint,
            value.key,
            sure=spec.basis.is_sure,
            related=(Related(variable.key_node.span, "defined here"),),
        )


def _no_variable(given: Input, expression: Expression, spec: InputSpec, facts: Facts) -> Iterator[Problem]:
    match expression:
        case Literal(str(text)) if text:
            what, meant = "hold text", text if text in facts.config_vars else None
        case Reference():
            what, meant = "refer to a step", None
        case Template(parts) if parts:
            what, meant = "be a template", None
        case Items():
            what, meant = "be a list", None
        case _:
            return
    hint = "Write `type: configVar`, with the key of a connection variable under `value`."
    yield Problem(
        given.value_node.span,
        f"`{given.key}` must name a connection, not {what}",
        hint,
        given.key,
        sure=spec.basis.is_sure and not isinstance(expression, Reference),
        fixes=use_type("configVar", given.node) if meant else (),
    )
