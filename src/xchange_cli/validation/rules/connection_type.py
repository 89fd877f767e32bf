"""An action does not accept a connection of this type.

What it checks
    Where the catalogue says which connections of its component an action accepts, the connection variable that the step
    names is one of them, also where it is shared with another component: a Slack action that posts through an incoming
    webhook needs a connection `webhookUrl`, all others need `oauth2`.

Why it matters
    The connection lacks the fields or the token that the action sends, so the step fails.

How to fix
    Name a connection variable of a type in the message, or choose an action for the connection that there is.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.validation.connections import share_connections
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Post
        action: {key: postSlackMessage, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Webhook}
          message: {type: value, value: Hello}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Webhook}
requiredConfigVars:
  - key: Slack Webhook
    dataType: connection
    connection: {key: webhookUrl, component: {key: slack, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
      - name: Post
        action: {key: postSlackMessage, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
#                                              ^^^^^^^^^^^^^^^^ connection-type: `Slack Connection` is of the type `oauth2`, but `postSlackMessage` needs `webhookUrl`
          message: {type: value, value: Hello}
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
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Webhook}
#                                              ^^^^^^^^^^^^^ connection-type: `Slack Webhook` is of the type `webhookUrl`, but `listUsers` needs `oauth2`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Webhook}
requiredConfigVars:
  - key: Slack Webhook
    dataType: connection
    connection: {key: webhookUrl, component: {key: slack, isPublic: true, version: LATEST}}
""",
)


def check_step(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    if step.spec is None or step.component is None:
        return
    for given, spec in step.inputs.special:
        if not spec.accepts or not isinstance(given.expression, ConfigValue):
            continue
        variable = facts.config_vars.get(given.expression.key)
        connection = variable.connection if variable is not None else None
        if variable is None or connection is None:
            continue
        if not share_connections(connection.component, step.component.key):
            continue
        if connection.key in step.component.connections and connection.key not in spec.accepts:
            needed = " or ".join(f"`{name}`" for name in spec.accepts)
            yield Problem(
                given.expression.span(),
                f"`{variable.key}` is of the type `{connection.key}`, but `{step.spec.key}` needs {needed}",
                f"Name a connection of the type {needed}.",
                variable.key,
                sure=spec.basis.is_sure,
                related=(Related(connection.key_node.span, "its type"),),
            )
