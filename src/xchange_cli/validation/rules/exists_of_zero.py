"""`exists` is asked of a number or a truth value.

What it checks
    `exists` and `doesNotExist` are not asked of what is certainly a number or true/false: a config variable of such a
    type, the position in a loop, or the result of an action that gives one.

Why it matters
    0 and `false` count as not existing, so the first pass of a loop, or a switch that is off, takes the wrong branch.

How to fix
    Ask `isTrue` or `isFalse` of a truth value, and compare a number with `equal` or `greaterThan`. `[notEqual, value,
    null]` asks whether there is a value at all.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
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
                value: [and, [exists, {type: reference, value: trigger.results.body.data.id}]]
        branches:
          - {name: Good, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Switch
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Given
                type: complex
                value:
                  - or
                  - [exists, {type: configVar, value: Send Mail}]
#                    ^^^^^^ exists-of-zero: `exists` asks whether this is true, not whether it is there
                  - [doesNotExist, {type: configVar, value: Page Size}]
#                    ^^^^^^^^^^^^ exists-of-zero: `doesNotExist` holds for the number 0 too
        branches:
          - {name: Given, steps: []}
          - {name: Else, steps: []}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Send Mail}
      - {type: configVar, value: Page Size}
requiredConfigVars:
  - {key: Send Mail, dataType: boolean, defaultValue: 'true'}
  - {key: Page Size, dataType: number, defaultValue: '50'}
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
                  - name: Not The First
                    type: complex
                    value: [and, [exists, {type: reference, value: eachOrder.index}]]
#                                 ^^^^^^ exists-of-zero: `exists` does not hold for the number 0
            branches:
              - {name: Not The First, steps: []}
              - {name: Else, steps: []}
""",
)


def check_conditions(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            operator = comparison.operator
            if operator in {"exists", "doesNotExist"} and comparison.terms:
                problem = _words(operator, certain_kind(comparison.terms[0], step, facts))
                if problem is not None:
                    message, hint = problem
                    yield Problem(comparison.operator_node.span, message, hint, operator)


def _words(operator: str, kind: str) -> tuple[str, str] | None:
    """Give message and hint."""
    if kind == TRUTH_VALUE:
        asked = "true" if operator == "exists" else "false"
        meant = "isTrue" if operator == "exists" else "isFalse"
        return f"`{operator}` asks whether this is {asked}, not whether it is there", f"Write `{meant}`."
    if kind == NUMBER:
        holds = "does not hold for the number 0" if operator == "exists" else "holds for the number 0 too"
        return f"`{operator}` {holds}", "Compare it with `equal` or `greaterThan`."
    return None
