"""A required input has no value.

What it checks
    Each input that the action requires and that has no default is set; empty text means "not set". So is the `code` of
    a data source that consists of code. Connections have a rule of their own. It is an error where it is known from the
    source of the component or from its use that the input is required, a warning where only documentation says so,
    or where JavaScript is left out altogether. An empty list counts as a value.

Why it matters
    The action fails when the step runs, or does something else than was meant.

How to fix
    Give the input a value.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.data_source_inputs import lacks_code
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.required_inputs import unset_inputs
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: ''}
          message: {type: reference, value: trigger.results.body.data}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
#                     ^^^^^^^^ missing-input: the action `writeLog` needs the input `message`
        inputs: {}
      - name: Say Goodbye
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: ''}
#                                          ^^ missing-input: `message` is empty, but the action `writeLog` needs it
""",
    """\
      - name: Get File
        action: {key: getObject, component: {key: aws-s3, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^ missing-input: the action `getObject` needs the input `objectKey`
        inputs:
          bucket: {type: value, value: ''}
#                                      ^^ missing-input: `bucket` is empty, but the action `getObject` needs it
""",
    """\
      - name: Note Form
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: trigger.results.body.data}
          level: {type: configVar, value: Form}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Form}
requiredConfigVars:
  - key: Form
    dataType: jsonForm
    dataSource: {key: runCodeJsonForm, component: {key: code, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^^^^ missing-input: the data source `runCodeJsonForm` needs the input `code`
    inputs: {}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    for unset in unset_inputs(step):
        if unset.spec.type != "connection":
            choices = ", ".join(f"`{choice}`" for choice in unset.spec.choices)
            yield Problem(
                unset.span,
                unset.message,
                hint=f"Set it to one of {choices}." if choices else f"It is shown as {unset.spec.label}.",
                subject=unset.spec.key,
                sure=unset.is_sure,
            )


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    lack = lacks_code(variable, facts)
    if lack is not None:
        yield Problem(lack.span, lack.message, "It is a function that gives the form.", subject=lack.key)
