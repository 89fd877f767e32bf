"""A literal value is not text.

What it checks
    The `value` of an input of type `value` is text, also for numbers, true/false and JSON: the component converts it.
    Without quotes, YAML makes a number of `10`, true/false of `true`, and nothing of `null` or of an empty place.
    In the inputs of config variables, nothing means "not set" and is fine.

Why it matters
    Hosted builders write and expect text only: a number may be refused, or lose its leading zeros or its precision.

How to fix
    Put the value in quotes.
"""

import json
from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.document.node import Scalar
from xchange_cli.document.quoting import is_bare
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import ConfigVar
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import in_quotes
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.step_inputs import Part, parts_of

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '1000'}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: 2024-01-01}
          level: {type: value, value: ''}
""",
)

INVALID = (
    """\
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: 1000}
#                                  ^^^^ not-text: the value of `ms` must be text, not a number
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          timeout: {type: value, value: }
#                                      ^ not-text: the value of `timeout` is empty
          debugRequest: {type: value, value: true}
#                                            ^^^^ not-text: the value of `debugRequest` must be text, not true/false
          queryParams:
            type: complex
            value:
              - {name: page, type: value, value: 1}
#                                                ^ not-text: the value of `queryParams` must be text, not a number
              - {name: open, type: value, value: null}
#                                                ^^^^ not-text: the value of `queryParams` is empty
""",
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
    inputs:
      clientId: {type: value, value: 12345}
#                                    ^^^^^ not-text: the value of `clientId` must be text, not a number
      clientSecret: {type: value, value: null}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    yield from _problems(step.inputs.parts)


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    yield from (problem for problem in _problems(parts_of(variable.inputs)) if problem.subject)


def _problems(parts: Iterable[Part]) -> Iterator[Problem]:
    for given, part in parts:
        if not isinstance(part, Literal) or isinstance(part.value, str) or not isinstance(part.node, Scalar):
            continue
        if part.value is None:
            message, hint = f"the value of `{given.key}` is empty", "Write `''` for an empty text."
        else:
            message, hint = (
                f"the value of `{given.key}` must be text, not {part.node.kind}",
                "Put it in quotes.",
            )
        subject = "" if part.value is None else part.node.value
        yield Problem(part.node.span, message, hint, subject, fixes=_in_quotes(part.node))


def _in_quotes(node: Scalar) -> tuple[Fix, ...]:
    """Quote a value; where none is written, put an empty text behind the colon.

    Safe is what every program would make the same text of: `1.50` may be meant as `1.5`.
    """
    if node.data is not None:
        is_whole = isinstance(node.data, float) and node.data.is_integer()
        return in_quotes(node, safe=not is_whole and json.dumps(node.data) == node.value)
    if is_bare(node) and node.value:
        return (Fix((Edit(node.span, "''"),)),)
    is_left_out = node.style == "" and node.start == node.end
    behind_colon = node.source.text[node.start - 1 : node.start] == ":"
    return (Fix((Edit(node.span, " ''"),)),) if is_left_out and behind_colon else ()
