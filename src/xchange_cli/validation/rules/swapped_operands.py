"""The terms of a comparison stand in the wrong order.

What it checks
    `startsWith` and `endsWith` look whether the second term starts or ends with the first, so the second one is rarely
    a literal when the first is a reference. `in` looks for the first term in the second, so a literal list is rarely
    the first. The same goes for their negations.

Why it matters
    The comparison asks the opposite of what was meant, and the wrong branch runs.

How to fix
    Swap the two terms: `[startsWith, ERR, <reference>]` reads "`ERR` starts the value".
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.document.node import Sequence
from xchange_cli.expression.ast import Clause, ConfigValue, Expression, Literal, Reference
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Check Code
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Error
                type: complex
                value:
                  - or
                  - [startsWith, {name: '', type: value, value: ERR}, {type: reference, value: trigger.results.body.data.code}]
                  - [in, {type: reference, value: trigger.results.body.data.code}, {name: '', type: value, value: '["A", "B"]'}]
        branches:
          - {name: Error, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Code
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Error
                type: complex
                value:
                  - or
                  - [startsWith, {type: reference, value: trigger.results.body.data.code}, {name: '', type: value, value: ERR}]
#                    ^^^^^^^^^^ swapped-operands: this asks whether `ERR` starts with the value of `trigger.results.body.data.code`
                  - [doesNotEndWith, {type: reference, value: trigger.results.body.data.code}, {name: '', type: value, value: .csv}]
#                    ^^^^^^^^^^^^^^ swapped-operands: this asks whether `.csv` ends with the value of `trigger.results.body.data.code`
        branches:
          - {name: Error, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Check Code
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Error
                type: complex
                value:
                  - and
                  - [in, {name: '', type: value, value: '["A", "B"]'}, {type: reference, value: trigger.results.body.data.code}]
#                    ^^ swapped-operands: this looks for a whole list in the value of `trigger.results.body.data.code`
        branches:
          - {name: Error, steps: []}
          - {name: Else, steps: []}
""",
)

_VERBS = {
    "startsWith": "starts",
    "doesNotStartWith": "starts",
    "endsWith": "ends",
    "doesNotEndWith": "ends",
}


def check_conditions(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            message = _question(comparison)
            if message:
                hint = "Swap the two terms."
                yield Problem(
                    comparison.operator_node.span, message, hint, comparison.operator, fixes=_swap(comparison)
                )


def _question(comparison: Clause) -> str:
    """Say what a comparison really asks, where that is hardly meant."""
    if len(comparison.terms) != 2:
        return ""
    first, second = comparison.terms
    verb = _VERBS.get(comparison.operator)
    if verb and _name(first) and isinstance(second, Literal) and second.value:
        return f"this asks whether `{second.value}` {verb} with the value of `{_name(first)}`"
    is_search = comparison.operator in {"in", "notIn"}
    if is_search and _name(second) and isinstance(first, Literal) and _is_list(first):
        return f"this looks for a whole list in the value of `{_name(second)}`"
    return ""


def _is_list(literal: Literal) -> bool:
    return isinstance(parse_if_json(literal.value), list)


def _name(term: Expression) -> str:
    match term:
        case Reference(path):
            return ".".join(path)
        case ConfigValue(key):
            return key
        case _:
            return ""


def _swap(comparison: Clause) -> tuple[Fix, ...]:
    """Exchange the terms as they are written; over several lines, they must be indented alike."""
    if not isinstance(comparison.node, Sequence):
        return ()
    first, second = (item.span for item in comparison.node.items[1:3])
    if "\n" in first.text + second.text and first.first.column != second.first.column:
        return ()
    return (Fix((Edit(first, second.text), Edit(second, first.text))),)
