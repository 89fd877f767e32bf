"""A step has a schedule that nothing reads.

What it checks
    `schedule` stands only on the trigger of a flow, and there only on a schedule trigger or one that polls. Of
    triggers that the catalogue knows from documentation only, it is a warning.

Why it matters
    The flow does not run at these times; the import is refused.

How to fix
    Remove `schedule`, or use the trigger `schedule` of `schedule-triggers`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix, Severity
from xchange_cli.document.entries import remove_entry
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import may_be_trigger, may_have_schedule

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Next Page
        isTrigger: true
        action: {key: recursiveTrigger, component: {key: recursive-flow, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
""",
)

INVALID = (
    """\
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
#       ^^^^^^^^ unexpected-schedule: the trigger `webhook` does not run on a schedule
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}
#       ^^^^^^^^ unexpected-schedule: only a trigger can have a schedule
""",
)


def check_trigger(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    key = step.step.node.key_node("schedule")
    if key is None:
        return
    if not may_be_trigger(step):
        yield Problem(key.span, "only a trigger can have a schedule", "Move it to the trigger of the flow.")
    elif step.spec is not None and step.spec.is_trigger and not may_have_schedule(step.spec):
        message = f"the trigger `{step.spec.key}` does not run on a schedule"
        is_own = step.component is not None and step.component.is_own
        hint = "Remove it, or use the trigger `schedule` of `schedule-triggers`."
        if is_own:
            hint = "Remove it, or say `schedule: needed` or `schedule: possible` in the component's specification."
        edit = remove_entry(step.step.node, "schedule")
        fixes = () if edit is None else (Fix((edit,)),)
        yield Problem(key.span, message, hint, sure=step.spec.basis.is_sure and not is_own, fixes=fixes)
