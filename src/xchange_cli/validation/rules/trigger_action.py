"""A step is marked as a trigger but performs an action, or the other way round.

What it checks
    A step with `isTrigger: true` has a trigger of its component, and every other step has an action. Which is which,
    the catalogue knows.

Why it matters
    The import looks for a trigger among the triggers only, and for an action among the actions only, and finds none.

How to fix
    Set or remove `isTrigger`, or choose another action.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix, Severity
from xchange_cli.document.entries import insert_entry, remove_entry
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import without_quotes
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
""",
)

INVALID = (
    """\
    steps:
      - name: Order Received
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
#                     ^^^^^^^ trigger-action: `webhook` of `webhook-triggers` is a trigger, but the step is not marked as one
      - name: Greet
        isTrigger: true
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
#                     ^^^^^^^^ trigger-action: `writeLog` of `log` is an action, not a trigger
        inputs:
          message: {type: value, value: Hello}
""",
    """\
    steps:
      - name: Get Order
        isTrigger: true
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
#                     ^^^^^^^ trigger-action: `httpGet` of `http` is an action, not a trigger
        inputs:
          url: {type: value, value: https://api.example.com/orders}
      - name: Called
        action: {key: crossFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^ trigger-action: `crossFlow` of `cross-flow` is a trigger, but the step is not marked as one
""",
)


def check_trigger(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    mark = step.step.node.get("isTrigger")
    action = step.step.action
    if step.spec is None or action is None or (mark is not None and not isinstance(mark.data, bool)):
        return
    if step.spec.is_trigger == step.step.is_trigger:
        return
    is_first = step.placed.index == 0 and not step.placed.containers
    if step.spec.is_trigger:
        message = f"`{action.key}` of `{action.component}` is a trigger, but the step is not marked as one"
        hint = "Add `isTrigger: true`." if is_first else "Only the first step is a trigger; choose an action."
    else:
        message = f"`{action.key}` of `{action.component}` is an action, not a trigger"
        hint = "Choose a trigger." if is_first else "Remove `isTrigger`: only the first step is a trigger."
    sure = step.spec.basis.is_sure
    fixes = _fixes(step) if step.spec.is_trigger == is_first else ()
    yield Problem(action.key_node.span, message, hint=hint, subject=action.key, sure=sure, fixes=fixes)


def _fixes(step: StepFacts) -> tuple[Fix, ...]:
    """Mark the first step as the trigger that it is, or take the mark from a step that is none."""
    node = step.step.node
    if step.step.is_trigger:
        edit = remove_entry(node, "isTrigger")
    elif "isTrigger" in node.entries:
        return without_quotes("true", node.entries["isTrigger"].value)
    else:
        edit = insert_entry(node, "isTrigger: true", before="action")
    return () if edit is None else (Fix((edit,)),)
