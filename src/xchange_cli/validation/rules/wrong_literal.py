"""A literal cannot be read as the truth value or the number that its input takes.

What it checks
    Where an input is true or false, or a number, a literal can be read as such: `true`, `t`, `yes`, `y`, `1`, `on`, the
    words for false (`false`, `f`, `no`, `n`), and digits. Empty text means "not set". That an input takes a number is
    known from its default or its description, so that is a warning.

Why it matters
    Every text but the words for false counts as true, also `off`, `0` and `none`. What is no number fails the step, or
    is cut: `5s` is 5.

How to fix
    Write `true` or `false`, or a number without a unit, in quotes.
"""

from collections.abc import Iterator

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.literals import is_number, is_truth_value, takes_number
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.specified import literals_of_config_var, literals_of_step

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          debugRequest: {type: value, value: 'No'}
          maxRetries: {type: value, value: '3'}
          timeout: {type: value, value: ''}
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          debugRequest: {type: value, value: 'off'}
#                                            ^^^^^ wrong-literal: `debugRequest` is true or false, not `off`
          maxRetries: {type: value, value: three}
#                                          ^^^^^ wrong-literal: `maxRetries` is a number, not `three`
""",
    """\
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: 5s}
#                                  ^^ wrong-literal: `ms` is a number, not `5s`
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    for literal, text, spec in literals_of_step(step):
        yield from _problems(literal, text, spec)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    for literal, text, spec in literals_of_config_var(variable, facts):
        yield from _problems(literal, text, spec)


def _problems(literal: Literal, text: str, spec: InputSpec) -> Iterator[Problem]:
    if spec.choices:
        return
    if spec.type == "boolean" and not is_truth_value(text):
        message = f"`{spec.key}` is true or false, not `{text}`"
        hint = "Write `'true'` or `'false'`; any other text counts as true."
        yield Problem(literal.node.span, message, hint, text, sure=spec.basis.is_sure)
    elif takes_number(spec) and not is_number(text):
        message = f"`{spec.key}` is a number, not `{text}`"
        yield Problem(literal.node.span, message, "Write digits only, in quotes.", text, sure=False)
