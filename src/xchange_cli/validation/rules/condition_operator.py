"""A condition has an unknown operator or the wrong number of terms.

What it checks
    The operators of conditions are those of the builder. `isTrue`, `isFalse`, `exists`, `doesNotExist`, `isEmpty` and
    `isNotEmpty` look at one term (a second one has no meaning), all others compare two.

Why it matters
    The step fails when it runs, whichever branch would have been right.

How to fix
    Use an existing operator; the hint names the nearest one. Add the missing term.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import Clause
from xchange_cli.nearest import nearest
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, is_spelling, use_word
from xchange_cli.validation.operators import BINARY, GROUPS, SYMBOLS, UNARY
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
              - name: Large
                type: complex
                value:
                  - and
                  - [greaterThan, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}]
                  - [or, [exists, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}], [isTrue, {type: reference, value: trigger.results.body.data.size}]]
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
              - name: Large
                type: complex
                value:
                  - and
                  - [greaterThen, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}]
#                    ^^^^^^^^^^^ condition-operator: `greaterThen` is no operator
                  - [or, ['>', {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}]]
#                         ^^^ condition-operator: `>` is no operator
                  - [greater_than, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '9'}]
#                    ^^^^^^^^^^^^ condition-operator: `greater_than` is no operator
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
                  - and
                  - [equal, {type: reference, value: trigger.results.body.data.size}]
#                    ^^^^^ condition-operator: `equal` needs two terms, not one
                  - [exists]
#                    ^^^^^^ condition-operator: `exists` needs a term
                  - [equal, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}, {name: '', type: value, value: '10'}]
#                                                                                                                                                          ^^^^ condition-operator: `equal` has no third term
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
)


def check_conditions(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            if comparison.operator in UNARY or comparison.operator in BINARY:
                yield from _wrong_count(comparison)
            else:
                yield from _unknown(comparison)


def _wrong_count(comparison: Clause) -> Iterator[Problem]:
    operator, count = comparison.operator, len(comparison.terms)
    needed = 1 if operator in UNARY else 2
    if count < needed:
        terms = "a term" if needed == 1 else f"two terms, not {'one' if count else 'none'}"
        hint = "A term is `{type: value, value: text}`."
        yield Problem(comparison.operator_node.span, f"`{operator}` needs {terms}", hint, operator)
    elif count > 2:
        yield Problem(
            comparison.terms[2].node.span, f"`{operator}` has no third term", "Remove it.", operator
        )


def _unknown(comparison: Clause) -> Iterator[Problem]:
    node, operator = comparison.operator_node, comparison.operator
    if not isinstance(node, Scalar) or not isinstance(node.data, str):
        return
    meant = SYMBOLS.get(operator) or nearest(operator, (*GROUPS, *UNARY, *BINARY))
    fixes = use_word(meant, node, node.span, safe=is_spelling(operator, meant))
    hint = did_you_mean(meant, "Operators are words such as `equal`, `greaterThan` and `isEmpty`.")
    yield Problem(node.span, f"`{operator}` is no operator", hint, operator, fixes=fixes)
