"""A config variable is named that the file does not define.

What it checks
    Inputs of type `configVar` and placeholders `{{#…}}` of templates, in steps and in config variables, name the key
    of an entry of `requiredConfigVars`, letter for letter: capitals and blanks count.

Why it matters
    The input has no value when the flow runs, and the import may be refused. It happens when a variable is renamed.

How to fix
    Use the key of an existing variable; the hint names the nearest one. Or add the variable to `requiredConfigVars`
    and to a config page. There is no path into a variable: the whole value is its key.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import ConfigUse, Facts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

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
    key = use.value.key
    if key in facts.config_vars:
        return
    suggestion = nearest(key, filter(None, facts.config_vars))
    span = use.value.span()
    yield Problem(
        span,
        f"no config variable is called `{key}`",
        hint=did_you_mean(suggestion, "Add it to `requiredConfigVars` and to a config page."),
        subject=key,
        fixes=use_word(suggestion, use.value.node, span),
    )
