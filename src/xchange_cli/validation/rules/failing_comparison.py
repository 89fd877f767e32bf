"""A comparison fails whatever the flow brings.

What it checks
    `isEmpty` and `isNotEmpty` look at text and lists, and fail on numbers, truth values and objects. `in` and `notIn`
    look into text, lists and objects, and fail on a literal that is a number, `true`, `false` or `null`: text that is
    JSON counts as what it says.

Why it matters
    A failed comparison ends the execution with an error, whichever branch would have been right.

How to fix
    Ask `exists` or `equal` of numbers, and put a literal to look into in brackets: `["12345"]`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Clause, Expression, Literal
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.value_kinds import NUMBER, TRUTH_VALUE, certain_kind

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Check Order
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Good
                type: complex
                value:
                  - and
                  - [in, {type: reference, value: trigger.results.body.data.id}, {type: value, value: '[1, 2]'}]
        branches:
          - {name: Good, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Order
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Good
                type: complex
                value:
                  - and
                  - [in, {type: reference, value: trigger.results.body.data.id}, {type: value, value: '12345'}]
#                                                                                                     ^^^^^^^ failing-comparison: `in` fails: it cannot look into `12345`, which counts as a number
                  - [notIn, {type: reference, value: trigger.results.body.data.id}, {type: value, value: 'null'}]
#                                                                                                        ^^^^^^ failing-comparison: `notIn` fails: it cannot look into `null`
        branches:
          - {name: Good, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Check Order
            action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
            inputs:
              conditions:
                type: complex
                value:
                  - name: Good
                    type: complex
                    value:
                      - and
                      - [isNotEmpty, {type: reference, value: eachOrder.index}]
#                                                             ^^^^^^^^^^^^^^^ failing-comparison: `isNotEmpty` fails: this is a number
                      - [in, {type: reference, value: eachOrder.currentItem.id}, {type: configVar, value: Page Size}]
#                                                                                                         ^^^^^^^^^ failing-comparison: `in` fails: it cannot look into a number
            branches:
              - {name: Good, steps: []}
              - {name: Else, steps: []}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
""",
)


def check_conditions(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            yield from _problems(comparison, step, facts)


def _problems(comparison: Clause, step: StepFacts, facts: Facts) -> Iterator[Problem]:
    operator, terms = comparison.operator, comparison.terms
    if operator in {"isEmpty", "isNotEmpty"}:
        for term in terms[:1]:
            kind = certain_kind(term, step, facts)
            if kind:
                hint = "Ask `exists` or `doesNotExist`, or compare it with `equal`."
                yield Problem(term.node.span, f"`{operator}` fails: this is {kind}", hint, operator)
    elif operator in {"in", "notIn"}:
        for term in terms[1:2]:
            yield from _container(operator, term, certain_kind(term, step, facts))


def _container(operator: str, term: Expression, kind: str) -> Iterator[Problem]:
    if kind in {NUMBER, TRUTH_VALUE}:
        hint = "Look into a list or a text, or compare with `equal`."
        yield Problem(term.node.span, f"`{operator}` fails: it cannot look into {kind}", hint, operator)
    elif isinstance(term, Literal) and isinstance(term.value, str):
        parsed = parse_if_json(term.value)
        if not isinstance(parsed, str | list | dict):
            is_count = isinstance(parsed, int | float) and not isinstance(parsed, bool)
            message = f"`{operator}` fails: it cannot look into `{term.value}`"
            hint = f'Write a list: `["{term.value}"]`.'
            yield Problem(
                term.node.span, message + (", which counts as a number" if is_count else ""), hint, term.value
            )
