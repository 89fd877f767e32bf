"""A condition is not built of groups and comparisons.

What it checks
    A condition is `[and, …]` or `[or, …]`; each part is such a group again, or a comparison: a list of an operator
    and its terms. A term is a mapping with `type` and `value`. A comparison without a group around it, and a group
    with nothing in it, are warnings: the import may take them.

Why it matters
    The step fails when it runs, or a branch is chosen always or never.

How to fix
    Write `[and, [operator, term, term]]`, also for a single comparison.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping, Sequence
from xchange_cli.expression.ast import (
    Clause,
    Expression,
    Group,
    Items,
    Literal,
    Malformed,
    Reference,
    Template,
)
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.operators import BINARY, UNARY
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - {name: Large, type: complex, value: [and, [or, [exists, {type: reference, value: trigger.results}]]]}
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - {name: Large, type: complex, value: [and, [[exists, {type: reference, value: trigger.results}]]]}
#                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-shape: a condition starts with an operator
              - {name: Small, type: value, value: '1'}
#                                                 ^^^ condition-shape: a condition is a list that starts with `and` or `or`
        branches:
          - {name: Large, steps: []}
          - {name: Small, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Large
                type: complex
                value:
                  - and
                  - {name: '', type: value, value: '10'}
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-shape: a comparison is a list, not a mapping
                  - [equal, {type: reference, value: trigger.results.body.data.size}, [{name: '', type: value, value: '10'}]]
#                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-shape: a term is a mapping, not a list
                  - [or]
#                    ^^ condition-shape: nothing follows this `or`
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Large
                type: complex
                value:
                  - [equal, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}]
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-shape: a condition starts with `and` or `or`
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value: [{name: Large, type: complex, value: [isTrue, {type: reference, value: trigger.results}]}]
#                                                        ^^^^^^ condition-shape: this comparison stands in no group
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
)

_EXAMPLE = "Write `[and, [operator, term, term]]`."


def check_conditions(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    for condition in conditions_of(step):
        if isinstance(condition, Items):
            yield Problem(condition.node.span, "a condition starts with `and` or `or`", _EXAMPLE)
        elif isinstance(condition, Clause) and condition.operator in {*UNARY, *BINARY}:
            message = "this comparison stands in no group"
            yield Problem(condition.operator_node.span, message, _EXAMPLE, sure=False)
        elif isinstance(condition, Literal | Reference | Template):
            message = "a condition is a list that starts with `and` or `or`"
            is_sure = isinstance(condition, Literal)
            yield Problem(condition.node.span, message, _EXAMPLE, sure=is_sure)
        yield from _parts(condition)
        for comparison in comparisons(condition):
            yield from _terms(comparison)


def _parts(part: Expression) -> Iterator[Problem]:
    match part:
        case Group(operator, clauses):
            if not clauses:
                message = f"nothing follows this `{operator}`"
                hint = "Add a comparison: `[operator, term, term]`."
                yield Problem(part.operator_node.span, message, hint, sure=False)
            for clause in clauses:
                yield from _parts(clause)
        case Malformed(problem, Sequence() as node) if problem:
            yield Problem(node.span, problem, "Write `[operator, term, term]`; is there a dash too many?")
        case Malformed(_, Mapping() as node) if {"type", "value"} <= node.entries.keys():
            yield Problem(
                node.span, "a comparison is a list, not a mapping", "Write `[operator, term, term]`."
            )


def _terms(comparison: Clause) -> Iterator[Problem]:
    for term in comparison.terms if comparison.operator in {*UNARY, *BINARY} else ():
        if isinstance(term.node, Sequence) and isinstance(term, Malformed):
            hint = "Write `{type: value, value: text}`."
            yield Problem(term.node.span, "a term is a mapping, not a list", hint)
