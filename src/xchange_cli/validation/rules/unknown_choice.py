"""A literal is none of the choices of its input.

What it checks
    Where the catalogue lists the choices of an input, a literal is one of them, also in lists and in the inputs of
    connections. Empty text means "not set". A misspelled choice is an error, and so is one that a component of the
    project does not have. Other words, and other capitals, are a warning: versions of a component add choices, and some
    fold capitals.

Why it matters
    The action fails when the step runs, or does what is the default.

How to fix
    Use one of the choices; the hint names the nearest one, or all of them.
"""

from collections.abc import Iterator
from itertools import islice

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.certainty import is_slip
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.specified import literals_of_config_var, literals_of_step

MOST_NAMED = 8
SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          responseType: {type: value, value: text}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: ''}
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          responseType: {type: value, value: jsno}
#                                            ^^^^ unknown-choice: `jsno` is none of the choices of `responseType`
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: WARN}
#                                     ^^^^ unknown-choice: `WARN` is none of the choices of `level`
          message: {type: value, value: Hello}
""",
    """\
      - name: Get Attributes
        action: {key: getObjectAttributes, component: {key: aws-s3, isPublic: true, version: LATEST}}
        inputs:
          accessKey: {type: configVar, value: S3 Connection}
          bucket: {type: value, value: orders}
          objectKey: {type: value, value: today.csv}
          objectAttributes:
            type: complex
            value:
              - {type: value, value: ObjectSize}
              - {type: value, value: Color}
#                                    ^^^^^ unknown-choice: `Color` is none of the choices of `objectAttributes`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: S3 Connection}
requiredConfigVars:
  - key: S3 Connection
    dataType: connection
    connection: {key: apiKeySecret, component: {key: aws-s3, isPublic: true, version: LATEST}}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    is_own = step.component is not None and step.component.is_own
    for literal, text, spec in literals_of_step(step):
        if spec.choices:
            yield from _problems(literal, text, spec, is_own=is_own)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    component = facts.component(variable.connection)
    for literal, text, spec in literals_of_config_var(variable, facts):
        yield from _problems(literal, text, spec, is_own=component is not None and component.is_own)


def _problems(literal: Literal, text: str, spec: InputSpec, *, is_own: bool) -> Iterator[Problem]:
    """Leave alone what the catalogue's note names as a further choice."""
    if not spec.choices or text in spec.choices or text in spec.note.replace(",", " ").split():
        return
    meant = nearest(text, spec.choices)
    is_misspelled = meant is not None and meant.casefold() != text.casefold() and is_slip(text, meant)
    yield Problem(
        literal.node.span,
        f"`{text}` is none of the choices of `{spec.key}`",
        did_you_mean(meant, f"It is one of {_listed(spec.choices)}."),
        text,
        sure=spec.basis.is_sure and (is_own or is_misspelled),
        fixes=use_word(meant, literal.node, literal.node.span),
    )


def _listed(choices: tuple[str, ...]) -> str:
    named = [f"`{choice}`" for choice in islice(filter(None, choices), MOST_NAMED)]
    return ", ".join(named) + (" and others" if len(choices) > MOST_NAMED else "")
