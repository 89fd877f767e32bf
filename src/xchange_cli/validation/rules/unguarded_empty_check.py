"""`isEmpty` or `isNotEmpty` is asked of a value that may be missing.

What it checks
    A value that callers may leave out (the body, headers and query parameters of a webhook, the data of a calling flow),
    that may never have been kept (`persist-data` without a
    default), or whose step goes on after an error, is tested with `exists` or
    `doesNotExist` before it is asked whether it is empty: in the same conditions, in those of a branch
    around it, or in those of a step before it of which a branch ends the execution or the pass of the loop.
    Fields of other results count as always there. A flow with schemas is trusted.

Why it matters
    These two operators fail on what is missing, and the execution ends with an error.

How to fix
    `exists` alone is false for missing values, `null` and empty text. For lists, ask `exists` first:
    `[and, [exists, value], [isNotEmpty, value]]`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Clause, Expression, Literal, Reference
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.endings import may_end
from xchange_cli.validation.facts import Facts, Sight, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Check Orders
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Some
                type: complex
                value:
                  - and
                  - [exists, {type: reference, value: trigger.results.body.data.orders}]
                  - [isNotEmpty, {type: reference, value: trigger.results.body.data.orders}]
        branches:
          - {name: Some, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Check Orders
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Missing
                type: complex
                value: [and, [doesNotExist, {type: reference, value: trigger.results.body.data.orders}]]
        branches:
          - name: Missing
            steps:
              - name: Stop
                action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
          - {name: Else, steps: []}
      - name: Check Number
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: None
                type: complex
                value: [and, [isEmpty, {type: reference, value: trigger.results.body.data.orders}]]
        branches:
          - {name: None, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Orders
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: None
                type: complex
                value: [and, [isEmpty, {type: reference, value: trigger.results.body.data.orders}]]
#                             ^^^^^^^ unguarded-empty-check: `isEmpty` fails when `trigger.results.body.data.orders` is missing
        branches:
          - {name: None, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Get Cursor
        action: {key: getExecutionValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: reference, value: trigger.results.body.data.id}
      - name: Check Cursor
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Go On
                type: complex
                value: [and, [isNotEmpty, {type: reference, value: getCursor.results}]]
#                             ^^^^^^^^^^ unguarded-empty-check: `isNotEmpty` fails when `getCursor.results` is missing
        branches:
          - {name: Go On, steps: []}
          - {name: Else, steps: []}
""",
)

_TESTS = {"exists", "doesNotExist"}
_EMPTY_CHECKS = {"isEmpty", "isNotEmpty"}
_CALLED = {"webhook-triggers", "cross-flow"}
_FROM_CALLER = {"body", "headers", "queryParameters"}
_Path = tuple[str, ...]


def check_conditions(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    tested: set[_Path] = set()
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            term = comparison.terms[0] if comparison.terms else None
            if not isinstance(term, Reference):
                continue
            if comparison.operator in _TESTS:
                tested.add(term.path)
            elif comparison.operator not in _EMPTY_CHECKS or term.path in tested:
                continue
            elif _may_be_missing(term, step) and term.path not in _tested_before(step):
                yield _problem(comparison, ".".join(term.path))


def _problem(comparison: Clause, path: str) -> Problem:
    message = f"`{comparison.operator}` fails when `{path}` is missing"
    hint = "Ask `exists` or `doesNotExist`, alone or before it."
    return Problem(comparison.operator_node.span, message, hint, path)


def _may_be_missing(reference: Reference, step: StepFacts) -> bool:
    sight, target = step.flow.look(step, reference.step)
    if target is None or sight is Sight.LOOP_AROUND or reference.path[1:2] != ("results",):
        return False
    if target.step.error.handler == "ignore" or target.step.error.ignore_final:
        return True
    action = target.step.action
    if action is None or not action.is_public:
        return False
    if target.step.is_trigger:
        has_schemas = "schemas" in step.flow.flow.node.entries
        is_field = len(reference.path) > 3 and reference.path[2] in _FROM_CALLER
        return action.component in _CALLED and is_field and not has_schemas
    is_kept = action.component == "persist-data" and action.key.startswith("get") and action.key != "getUsage"
    return is_kept and not _has_default(target)


def _has_default(step: StepFacts) -> bool:
    """Whether a step says what to give where nothing was kept."""
    given = step.step.inputs.get("defaultValueInput")
    return given is not None and not (isinstance(given.expression, Literal) and not given.expression.value)


def _tested_before(step: StepFacts) -> set[_Path]:
    """Give what is tested by branching steps around a step, and by those that may end what it is in before it."""
    containers = {id(container) for container in step.placed.containers}
    around = [found for found in step.flow.steps if id(found.step) in containers]
    earlier = {
        id(sibling)
        for found in (*around, step)
        for sibling in found.placed.siblings[: found.placed.index]
        if may_end(sibling)
    }
    before = (found for found in step.flow.steps if id(found.step) in earlier)
    conditions = (condition for found in (*around, *before) for condition in conditions_of(found))
    return {path for condition in conditions for path in _tested_paths(condition)}


def _tested_paths(condition: Expression) -> Iterator[_Path]:
    for comparison in comparisons(condition):
        term = comparison.terms[0] if comparison.terms else None
        if comparison.operator in _TESTS and isinstance(term, Reference):
            yield term.path
