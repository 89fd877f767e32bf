"""A condition cannot be evaluated.

What it checks
    A condition is `[and, …]` or `[or, …]`, and each part of it again such a group, or a comparison:
    `[operator, term]` with one of `isTrue`, `isFalse`, `exists`, `doesNotExist`, `isEmpty` and `isNotEmpty`, or
    `[operator, term, term]` with one of the others. A term is a mapping with `type` and `value`. A single comparison
    without a group around it, and a group without any, are warnings.

Why it matters
    The step fails when it runs, whichever branch would have been right.

How to fix
    Use the operators of the builder; the hint names the nearest one.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.expression.ast import Clause, Expression, Group, Items, Malformed
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean
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
                  - ['>', {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}]
#                    ^^^ condition-operator: `>` is no operator
                  - [equal, {type: reference, value: trigger.results.body.data.size}]
#                    ^^^^^ condition-operator: `equal` needs two terms, not 1
                  - [exists]
#                    ^^^^^^ condition-operator: `exists` needs a term
                  - [equal, {type: reference, value: trigger.results.body.data.size}, {name: '', type: value, value: '10'}, {name: '', type: value, value: '10'}]
#                                                                                                                                                          ^^^^ condition-operator: `equal` compares no third term
                  - {name: '', type: value, value: '10'}
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-operator: a comparison is a list
                  - [equal, {type: reference, value: trigger.results.body.data.size}, [{name: '', type: value, value: '10'}]]
#                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-operator: a term is a mapping, not a list
                  - [or]
#                    ^^ condition-operator: nothing follows this `or`
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
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition-operator: a condition starts with `and` or `or`
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
                  - equal
#                   ^^^^^ condition-operator: this comparison stands in no group
                  - {type: reference, value: trigger.results.body.data.size}
                  - {name: '', type: value, value: '10'}
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    if step.spec is None:
        return
    for key, given in step.step.inputs.items():
        spec = step.spec.inputs.get(key)
        if spec is not None and spec.type == "conditional" and isinstance(given.expression, Items):
            for item in given.expression.items:
                yield from _condition(item.value)


def _condition(condition: Expression) -> Iterator[Problem]:
    match condition:
        case Clause(operator, _, node) if operator in {*UNARY, *BINARY}:
            hint = "Write `[and, [operator, term, term]]`."
            yield Problem(
                condition.operator_node.span, "this comparison stands in no group", hint, sure=False
            )
            yield from _part(condition)
        case Items(_, node):
            message = "a condition starts with `and` or `or`"
            yield Problem(node.span, message, "Write `[and, [operator, term, term]]`.")
        case _:
            yield from _part(condition)


def _part(part: Expression) -> Iterator[Problem]:
    match part:
        case Group(operator, clauses):
            if not clauses:
                message = f"nothing follows this `{operator}`"
                yield Problem(
                    part.operator_node.span,
                    message,
                    "Add a comparison: `[operator, term, term]`.",
                    sure=False,
                )
            for clause in clauses:
                yield from _part(clause)
        case Clause():
            yield from _comparison(part)
        case Malformed(_, Mapping() | Sequence() as node):
            if not isinstance(node, Mapping) or {"type", "value"} <= node.entries.keys():
                yield Problem(node.span, "a comparison is a list", "Write `[operator, term, term]`.")


def _comparison(clause: Clause) -> Iterator[Problem]:
    operator, count = clause.operator, len(clause.terms)
    if operator not in UNARY and operator not in BINARY:
        yield from _unknown(clause)
        return
    for term in clause.terms:
        if isinstance(term.node, Sequence) and isinstance(term, Malformed):
            yield Problem(
                term.node.span, "a term is a mapping, not a list", "Write `{type: value, value: text}`."
            )
    needed = 1 if operator in UNARY else 2
    if count < needed:
        terms = "a term" if needed == 1 else f"two terms, not {count or 'none'}"
        message = f"`{operator}` needs {terms}"
        yield Problem(clause.operator_node.span, message, "A term is `{type: value, value: text}`.", operator)
    elif count > 2:
        yield Problem(
            clause.terms[2].node.span, f"`{operator}` compares no third term", "Remove it.", operator
        )


def _unknown(clause: Clause) -> Iterator[Problem]:
    node, operator = clause.operator_node, clause.operator
    if not isinstance(node, Scalar) or not isinstance(node.data, str):
        return
    meant = SYMBOLS.get(operator) or nearest(operator, (*GROUPS, *UNARY, *BINARY))
    fixes = (Fix((Edit(node.span, meant),)),) if meant else ()
    hint = did_you_mean(meant, "Operators are words such as `equal`, `greaterThan` and `isEmpty`.")
    yield Problem(node.span, f"`{operator}` is no operator", hint, operator, fixes=fixes)
