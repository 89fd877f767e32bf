"""A config variable is named that the file does not define.

What it checks
    Inputs of type `configVar` and placeholders `{{#…}}` of templates, in steps and in config variables, name the key
    of an entry of `requiredConfigVars`, letter for letter: capitals and blanks count. So do inputs that stand outside
    of steps, such as `flowNameField`.

Why it matters
    The input has no value when the flow runs, and the import may be refused. It happens when a variable is renamed.

How to fix
    Use the key of an existing variable; the hint names the nearest one. Or add the variable to `requiredConfigVars`
    and to a config page. There is no path into a variable: the whole value is its key.
"""

from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import Input, Integration
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import ConfigUse, Facts, FlowFacts, expressions
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.settings import flow_settings

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: configVar, value: ''}
          message: {type: template, value: '{{#Greeting}}, {{#Guest Name}}'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}
      - {type: configVar, value: Guest Name}
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
  - {key: Guest Name, dataType: string}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: configVar, value: Log level}
#                                         ^^^^^^^^^ unknown-config-var: no config variable is called `Log level`
          message: {type: template, value: '{{#Greeting}}, {{#Log Level}}'}
#                                              ^^^^^^^^ unknown-config-var: no config variable is called `Greeting`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Log Level}
requiredConfigVars:
  - {key: Log Level, dataType: string, defaultValue: info}
""",
    """\
      - name: List Users
        action: {key: listUsers, component: {key: slack, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
          teamId: {type: configVar, value: Channel}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
      - {type: configVar, value: Channel}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      clientId: {type: value, value: ''}
  - key: Channel
    dataType: picklist
    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      connection: {type: configVar, value: Slack}
#                                          ^^^^^ unknown-config-var: no config variable is called `Slack`
""",
)


def check_config_value(use: ConfigUse, facts: Facts) -> Iterator[Problem]:
    if use.value.key not in facts.config_vars:
        yield _unknown(use.value, facts)


def check_flow(flow: FlowFacts, facts: Facts) -> Iterator[Problem]:
    yield from _in_settings(flow_settings(flow.flow), facts)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    yield from _in_settings(facts.integration.routing.values(), facts)


def _in_settings(settings: Iterable[Input], facts: Facts) -> Iterator[Problem]:
    for given in settings:
        for _, part in expressions({given.key: given}):
            if isinstance(part, ConfigValue) and part.key and part.key not in facts.config_vars:
                yield _unknown(part, facts)


def _unknown(value: ConfigValue, facts: Facts) -> Problem:
    key, span = value.key, value.span()
    suggestion = nearest(key, filter(None, facts.config_vars))
    return Problem(
        span,
        f"no config variable is called `{key}`",
        hint=did_you_mean(suggestion, "Add it to `requiredConfigVars` and to a config page."),
        subject=key,
        fixes=use_word(suggestion, value.node, span),
    )
