"""A time zone does not exist.

What it checks
    `timeZone` of a schedule and of a config variable is the name of a time zone of the IANA database, letter for
    letter, or empty for UTC.

Why it matters
    The flow runs at the wrong time, or the import is refused.

How to fix
    Use a name such as `Europe/Berlin` or `America/New_York`. Abbreviations and offsets are no names.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Scalar
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, is_spelling, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: Europe/Berlin}}
""",
)

INVALID = (
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: europe/Berln}}
#                                                                                     ^^^^^^^^^^^^ unknown-time-zone: there is no time zone `europe/Berln`
""",
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: America/New York}}
#                                                                                     ^^^^^^^^^^^^^^^^ unknown-time-zone: there is no time zone `America/New York`
""",
    """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: configVar, value: Run At, meta: {scheduleType: custom, timeZone: New York}}
#                                                                                         ^^^^^^^^ unknown-time-zone: there is no time zone `New York`
requiredConfigVars:
  - {key: Run At, dataType: schedule, scheduleType: custom, timeZone: UTC+2, defaultValue: 0 3 * * *}
#                                                                     ^^^^^ unknown-time-zone: there is no time zone `UTC+2`
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Run At}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    meta = step.step.schedule.node.mapping("meta") if step.step.schedule is not None else None
    if meta is not None:
        yield from _unknown(meta.text("timeZone"))


def check_config_var(variable: ConfigVar, _facts: Facts) -> Iterator[Problem]:
    yield from _unknown(variable.node.text("timeZone"))


def _unknown(node: Scalar | None) -> Iterator[Problem]:
    if node is None or not node.value or _exists(node.value):
        return
    from zoneinfo import available_timezones

    names = available_timezones()
    if not names:  # this machine has no time zones to compare with
        return
    suggestion = _suggestion(node.value, names)
    hint = did_you_mean(
        suggestion, "Names are such as `Europe/Berlin` and `America/New_York`; empty means UTC."
    )
    fixes = use_word(suggestion, node, node.span, safe=is_spelling(node.value, suggestion))
    yield Problem(node.span, f"there is no time zone `{node.value}`", hint, node.value, fixes=fixes)


def _exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _suggestion(name: str, names: set[str]) -> str | None:
    """Find the zone that was meant; abbreviations and offsets look like others without meaning them."""
    wanted = "/" + name.replace(" ", "_").casefold()
    city = next((known for known in sorted(names) if known.casefold().endswith(wanted)), None)
    if city is not None or len(name) < 5 or any(character.isdigit() for character in name):
        return city
    return nearest(name, names)
