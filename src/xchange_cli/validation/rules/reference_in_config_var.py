"""A config variable refers to a step.

What it checks
    Inputs of config variables (of their connections and data sources) hold no references, also not in templates.

Why it matters
    Config variables get their values when an instance is deployed, before any step has run: there is nothing to
    refer to.

How to fix
    Give a literal value, or name another config variable.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Reference
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts, expressions
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Region}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: value, value: eu-}
""",
)

INVALID = (
    """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Region}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: reference, value: trigger.results.body.data}
#                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ reference-in-config-var: a config variable cannot refer to a step
""",
    """\
      - name: Note Region
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: configVar, value: Region}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Region}
requiredConfigVars:
  - key: Region
    dataType: picklist
    dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}
    inputs:
      prefix: {type: template, value: 'eu-{{$trigger.results.flow.name}}'}
#                                            ^^^^^^^^^^^^^^^^^^^^^^^^^ reference-in-config-var: a config variable cannot refer to a step
""",
)


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    for _, expression in expressions(variable.inputs):
        if isinstance(expression, Reference):
            yield Problem(
                expression.span(),
                "a config variable cannot refer to a step",
                hint="It has its value before any step runs: use a literal value or another config variable.",
                subject=expression.step,
            )
