"""A connection stands where text is wanted.

What it checks
    No placeholder of a template names a connection variable, and no input that takes text or a truth value is set to
    one.

Why it matters
    A connection is a set of fields and a token, no text: the request or message would hold `[object Object]`.

How to fix
    Name a variable that holds text. Credentials reach an action by its connection input only; code steps read the fields
    of a connection from `configVars["Key"].fields`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue, Expression, Template
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import ConfigUse, Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR
_TEXT_TYPES = {"string", "text", "password", "boolean"}

VALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Shop Connection}
          url: {type: template, value: '{{#Shop URL}}/orders'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Shop Connection}
      - {type: configVar, value: Shop URL}
requiredConfigVars:
  - key: Shop Connection
    dataType: connection
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
  - {key: Shop URL, dataType: string, defaultValue: https://shop.example.com}
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Shop Connection}
          url: {type: template, value: 'https://shop.example.com/orders?key={{#Shop Connection}}'}
#                                                                              ^^^^^^^^^^^^^^^ connection-as-text: `Shop Connection` is a connection, which has no text
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Shop Connection}
requiredConfigVars:
  - key: Shop Connection
    dataType: connection
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
""",
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: configVar, value: Shop Connection}
#                                       ^^^^^^^^^^^^^^^ connection-as-text: `url` takes text, and `Shop Connection` is a connection
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Shop Connection}
requiredConfigVars:
  - key: Shop Connection
    dataType: connection
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
""",
)


def check_config_value(use: ConfigUse, facts: Facts) -> Iterator[Problem]:
    """Look at inputs that are set to a connection as a whole."""
    if use.step is None or use.step.spec is None or use.value is not use.input.expression:
        return
    variable = _connection(use.value, facts)
    spec = use.step.spec.inputs.get(use.input.key)
    if variable is not None and spec is not None and spec.type in _TEXT_TYPES:
        message = f"`{spec.key}` takes text, and `{variable.key}` is a connection"
        hint = "Name a variable that holds text, or set the connection input to it."
        yield _problem(use.value, variable, message, hint)._replace(sure=spec.basis.is_sure)


def check_expression(expression: Expression, facts: Facts) -> Iterator[Problem]:
    if isinstance(expression, Template):
        for part in expression.parts:
            variable = _connection(part, facts) if isinstance(part, ConfigValue) else None
            if isinstance(part, ConfigValue) and variable is not None:
                message = f"`{variable.key}` is a connection, which has no text"
                yield _problem(part, variable, message, "Name a variable that holds text.")


def _connection(value: ConfigValue, facts: Facts) -> ConfigVar | None:
    variable = facts.config_vars.get(value.key)
    return variable if variable is not None and variable.data_type == "connection" else None


def _problem(value: ConfigValue, variable: ConfigVar, message: str, hint: str) -> Problem:
    related = (Related(variable.key_node.span, "defined here"),)
    return Problem(value.span(), message, hint, variable.key, related=related)
