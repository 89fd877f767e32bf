"""A trigger needs a schedule and has none.

What it checks
    The schedule trigger and triggers that poll have the key `schedule` beside `inputs`. Of a component of the project
    its specification says so: `schedule: needed`.

Why it matters
    Nothing starts the flow, and the import is refused.

How to fix
    Add `schedule` with `type`, `value` and `meta`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import runs_on_schedule

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Given When Deployed
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {fromDeployer: true}
""",
)

INVALID = (
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
#                     ^^^^^^^^ missing-schedule: the trigger `schedule` needs a `schedule`
""",
    """\
    steps:
      - name: New Rows
        isTrigger: true
        action: {key: pollTable, component: {key: postgres, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^ missing-schedule: the trigger `pollTable` needs a `schedule`
        inputs:
          postgresConnection: {type: configVar, value: Postgres}
          tableName: {type: value, value: orders}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Postgres}
requiredConfigVars:
  - key: Postgres
    dataType: connection
    connection: {key: postgres, component: {key: postgres, isPublic: true, version: LATEST}}
""",
)


def check_trigger(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    spec, action = step.spec, step.step.action
    if spec is None or action is None or not spec.is_trigger or "schedule" in step.step.node.entries:
        return
    if runs_on_schedule(spec):
        yield Problem(
            action.key_node.span,
            f"the trigger `{spec.key}` needs a `schedule`",
            hint="Add such as `schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}`.",
            sure=spec.basis.is_sure,
        )
