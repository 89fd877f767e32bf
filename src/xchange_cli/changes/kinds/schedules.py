"""Changes of when a flow is started."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.facts.effects import step_of
from xchange_cli.changes.facts.step_judging import flow_subject
from xchange_cli.changes.grade import SAFE, Grade, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.model.integration import Schedule
from xchange_cli.model.schedule_words import in_words, schedule_in_words

_ON = ((What.CHANGED, PartKind.STEP, ("schedule",)),)
_OTHER_TIMES = risky("It runs at other times than those who rely on it expect.")
_BASE = "{type: value, value: 0 2 * * *, meta: {scheduleType: custom, timeZone: ''}}"
_UTC = frozenset({"", "UTC"})


def _schedule(part: Part | None) -> Schedule | None:
    step = step_of(part)
    return step.schedule if step is not None else None


def _from_config(part: Part | None) -> str:
    """Name the config variable that says when; empty where the file says it."""
    schedule = _schedule(part)
    return schedule.value if schedule is not None and schedule.kind == "configVar" else ""


def _other_source(delta: Delta, _scene: Scene) -> bool:
    return _from_config(delta.old) != _from_config(delta.new)


def _cron(part: Part | None) -> tuple[str, ...] | None:
    schedule = _schedule(part)
    return tuple(schedule.value.split()) if schedule is not None else None


def _zone(part: Part | None) -> str:
    schedule = _schedule(part)
    zone = schedule.time_zone.strip() if schedule is not None else ""
    return "UTC" if zone in _UTC else zone


def _is_same_time(delta: Delta, _scene: Scene) -> bool:
    is_known = _cron(delta.old) is not None and not _set_on_deployment(delta.old, delta.new)
    return is_known and _cron(delta.old) == _cron(delta.new)


def _set_on_deployment(*parts: Part | None) -> bool:
    schedules = map(_schedule, parts)
    return any(
        schedule is not None and schedule.node.get("fromDeployer") is not None for schedule in schedules
    )


def _only_zone(delta: Delta, scene: Scene) -> bool:
    return _is_same_time(delta, scene) and _zone(delta.old) != _zone(delta.new)


def _words(part: Part | None) -> str:
    """Say when a flow is started; the time zone only where it is not UTC."""
    schedule = _schedule(part)
    if schedule is None:
        return "none"
    if _set_on_deployment(part):
        return "as set on deployment"
    if schedule.kind == "configVar" or not schedule.value.strip():
        return schedule_in_words(schedule)
    zone = _zone(part)
    return in_words(schedule.value, "" if zone == "UTC" else zone)


KINDS = (
    ChangeKind(
        id="schedule-source-changed",
        sentence="A config variable says when a flow is started, and the file did before; or the other way round.",
        on=_ON,
        when=_other_source,
        grades=(Grade.RISKY,),
        judge=always(_OTHER_TIMES),
        message=lambda delta, _scene: f"schedule: {_words(delta.old)} → {_words(delta.new)}",
        cases=(
            Case(
                ((_BASE, "{type: configVar, value: Hours, meta: {scheduleType: custom, timeZone: ''}}"),),
                "schedule: every day at 02:00 → as the config variable Hours says",
            ),
        ),
        concern=Concern.SCHEDULE,
        subject=flow_subject,
    ),
    ChangeKind(
        id="schedule-time-zone-changed",
        sentence="A flow is started at the same time of the day, but of another time zone.",
        on=_ON,
        when=_only_zone,
        grades=(Grade.RISKY,),
        judge=always(_OTHER_TIMES),
        message=lambda delta, _scene: f"time zone of the schedule: {_zone(delta.old)} → {_zone(delta.new)}",
        cases=(
            Case(
                ((_BASE, _BASE.replace("''", "Europe/Berlin")),),
                "time zone of the schedule: UTC → Europe/Berlin",
            ),
        ),
        concern=Concern.SCHEDULE,
        subject=flow_subject,
    ),
    ChangeKind(
        id="schedule-form-changed",
        sentence="The designer shows a schedule in another form; when it is due stays.",
        on=_ON,
        when=_is_same_time,
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "the designer shows the schedule in another form",
        cases=(
            Case(
                ((_BASE, _BASE.replace("custom", "day")),),
                "the designer shows the schedule in another form",
            ),
        ),
    ),
    ChangeKind(
        id="schedule-changed",
        sentence="A flow is started at other times.",
        on=_ON,
        grades=(Grade.RISKY,),
        judge=always(_OTHER_TIMES),
        message=lambda delta, _scene: f"schedule: {_words(delta.old)} → {_words(delta.new)}",
        cases=(
            Case(
                (
                    (
                        _BASE,
                        "{type: value, value: '*/15 * * * *', meta: {scheduleType: minute, timeZone: ''}}",
                    ),
                ),
                "schedule: every day at 02:00 → every 15 minutes",
            ),
        ),
        concern=Concern.SCHEDULE,
        subject=flow_subject,
    ),
)
