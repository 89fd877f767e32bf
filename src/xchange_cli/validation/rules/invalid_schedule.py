"""A schedule cannot be read.

What it checks
    The `value` of a `schedule` is a cron text of five fields: minute, hour, day of the month, month and day of the
    week. It may be empty when `meta.scheduleType` is `none` or `once`. A schedule of type `configVar` names a config
    variable of data type `schedule`.

Why it matters
    The flow never runs, or the import is refused.

How to fix
    Write five fields, such as `0 3 * * *` for every night at three. There are no seconds and no years.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.document.node import Scalar
from xchange_cli.nearest import nearest
from xchange_cli.validation.cron import cron_problem
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 00 00 */1 * *, meta: {scheduleType: day, timeZone: ''}}
""",
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: '', meta: {scheduleType: once, timeZone: ''}}
""",
)

INVALID = (
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: '0 24 * * *', meta: {scheduleType: custom}}
#                                         ^^ invalid-schedule: `24` is no hour of a schedule
  - name: Half
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: '0 30 2 * * *', meta: {scheduleType: custom}}
#                                       ^^^^^^^^^^^^ invalid-schedule: a schedule has five fields, not six
  - name: Never
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: '', meta: {scheduleType: minute}}
#                                      ^^ invalid-schedule: the schedule is empty
""",
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: configVar, value: Run Att, meta: {scheduleType: custom}}
#                                          ^^^^^^^ invalid-schedule: no config variable is called `Run Att`
  - name: Hourly
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: configVar, value: Page Size, meta: {scheduleType: custom}}
#                                          ^^^^^^^^^ invalid-schedule: the config variable `Page Size` is of type `number`, not `schedule`
requiredConfigVars:
  - {key: Run At, dataType: schedule, scheduleType: custom, timeZone: '', defaultValue: 0 3 * * *}
  - {key: Page Size, dataType: number, defaultValue: '50'}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Run At}
      - {type: configVar, value: Page Size}
""",
)


def check_trigger(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    schedule = step.step.schedule
    node = schedule.node.text("value") if schedule is not None else None
    if schedule is None or node is None:
        return
    if schedule.kind == "configVar":
        yield from _variable(node, facts)
    elif schedule.kind == "value" and node.value:
        found = cron_problem(node.value)
        if found is not None:
            yield Problem(node.span_of(found.start, found.end), found.message, found.hint, node.value)
    elif schedule.kind == "value" and schedule.schedule_type not in {"none", "once"}:
        hint = "Write five cron fields such as `0 3 * * *`."
        yield Problem(node.span, "the schedule is empty", hint)


def _variable(node: Scalar, facts: Facts) -> Iterator[Problem]:
    key = node.value
    variable = facts.config_vars.get(key)
    if not key:
        yield Problem(node.span, "the schedule names no config variable", "Name one of data type `schedule`.")
    elif variable is None:
        known = facts.config_vars.values()
        suggestion = nearest(key, (variable.key for variable in known if variable.data_type == "schedule"))
        hint = did_you_mean(suggestion, "Add it to `requiredConfigVars`, with data type `schedule`.")
        fixes = use_word(suggestion, node, node.span)
        yield Problem(node.span, f"no config variable is called `{key}`", hint, key, fixes=fixes)
    elif variable.data_type not in {"schedule", ""}:
        message = f"the config variable `{key}` is of type `{variable.data_type}`, not `schedule`"
        related = (Related(variable.key_node.span, "defined here"),)
        yield Problem(node.span, message, "Name one of data type `schedule`.", key, related=related)
