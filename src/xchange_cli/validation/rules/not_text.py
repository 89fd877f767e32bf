"""A literal value is not text.

What it checks
    The `value` of an input of type `value` is text, also for numbers, true/false and JSON: the component converts it.
    So is the `defaultValue` of a config variable. Without quotes, YAML makes a number of `10`, true/false of `true`,
    and nothing of `null` or of an empty place. A number with leading zeros such as `0123` is text here, but not for
    every program. In the inputs of config variables, nothing means "not set" and is fine.

Why it matters
    Hosted builders write and expect text only: a number may be refused, or lose its leading zeros or its precision.

How to fix
    Put the value in quotes.
"""

import json
import re
from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.document.node import Scalar
from xchange_cli.document.quoting import is_bare
from xchange_cli.expression.ast import Items, Literal, walk
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import in_quotes
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.step_inputs import Part, said_in

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
#                                                ^ not-text: the value of `page` in `queryParams` must be text, not a number
              - {name: open, type: value, value: null}
#                                                ^^^^ not-text: the value of `open` in `queryParams` is empty
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
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: 01234}
#                                       ^^^^^ not-text: the value of `message` must be text, but `01234` without quotes is a number for some programs
          level: {type: configVar, value: Level}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Level}
requiredConfigVars:
  - {key: Level, dataType: number, defaultValue: 5}
#                                                ^ not-text: the default value of `Level` must be text, not a number
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{#Level}} {{#Zip}}'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Level}
      - {type: configVar, value: Zip}
requiredConfigVars:
  - {key: Level, dataType: string, defaultValue: null}
#                                                ^^^^ not-text: the default value of `Level` is empty
  - {key: Zip, dataType: string, defaultValue: 01234}
#                                              ^^^^^ not-text: the default value of `Zip` must be text, but `01234` without quotes is a number for some programs
""",
)

_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
"""What YAML 1.2 makes a number of, and this program text."""


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    yield from _problems(step.inputs.doubtful)


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    yield from (problem for problem in _problems(said_in(variable.inputs).doubtful) if problem.subject)
    default = variable.node.get("defaultValue")
    if isinstance(default, Scalar):
        yield from _problem(default, f"the default value of `{variable.key}`")


def _problems(parts: Iterable[Part]) -> Iterator[Problem]:
    for given, part in parts:
        if isinstance(part, Literal) and isinstance(part.node, Scalar) and _is_doubtful(part.node):
            yield from _problem(part.node, _place(given, part))


def _is_doubtful(node: Scalar) -> bool:
    return not isinstance(node.data, str) or _is_number_elsewhere(node)


def _is_number_elsewhere(node: Scalar) -> bool:
    return node.value[:1] in set("+-0") and bool(_LEADING_ZERO.fullmatch(node.value)) and is_bare(node)


def _problem(node: Scalar, what: str) -> Iterator[Problem]:
    """Report what is no text, or not for everybody; `what` says whose value it is."""
    subject, hint = node.value, "Put it in quotes."
    if node.data is None:
        subject, message, hint = "", f"{what} is empty", "Write `''` for an empty text."
    elif not isinstance(node.data, str):
        message = f"{what} must be text, not {node.kind}"
    elif _is_number_elsewhere(node):
        message = f"{what} must be text, but `{node.value}` without quotes is a number for some programs"
    else:
        return
    yield Problem(node.span, message, hint, subject, fixes=_in_quotes(node))


def _place(given: Input, part: Literal) -> str:
    """Say whose value a literal is: of an input, or of what a list in it calls so."""
    if not isinstance(given.expression, Items):
        return f"the value of `{given.key}`"
    item = next(
        (item for item in given.expression.items if any(one is part for one in walk(item.value))), None
    )
    name = item.name if item is not None else None
    if item is None or not isinstance(name, str) or not name:
        return f"a value in `{given.key}`"
    return f"{'the' if item.value is part else 'a'} value of `{name}` in `{given.key}`"


def _in_quotes(node: Scalar) -> tuple[Fix, ...]:
    """Quote a value; where none is written, put an empty text behind the colon.

    Safe is what every program would make the same text of: `1.50` may be meant as `1.5`.
    """
    if isinstance(node.data, str):
        return in_quotes(node, safe=True)
    if node.data is not None:
        is_whole = isinstance(node.data, float) and node.data.is_integer()
        return in_quotes(node, safe=not is_whole and json.dumps(node.data) == node.value)
    if is_bare(node) and node.value:
        return (Fix((Edit(node.span, "''"),)),)
    is_left_out = node.style == "" and node.start == node.end
    behind_colon = node.source.text[node.start - 1 : node.start] == ":"
    return (Fix((Edit(node.span, " ''"),)),) if is_left_out and behind_colon else ()
