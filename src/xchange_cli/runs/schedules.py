"""When a schedule starts a flow."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.integration import Flow, Schedule
from xchange_cli.validation.cron import cron_problem
from xchange_cli.validation.moments import FIRST_YEAR, LAST_YEAR, NEXT, is_sensible
from xchange_cli.validation.moments import moment as read_moment


class Due(NamedTuple):
    """The time at which a flow is started. `warning` is empty where the schedule starts it then."""

    at: datetime
    warning: str = ""


class _Cron(NamedTuple):
    """`text` is empty where there are no times, as for a schedule that is set `once` by hand."""

    text: str
    zone: tzinfo
    zone_name: str


def due(flow: Flow, config: Mapping[str, Any], at: str, now: datetime) -> Due:
    """Find the time that `at` names: an ISO time, `next`, or, empty, now; a time without zone is the schedule's.

    Raises:
        XchangeError: USAGE when the flow has no schedule or the text is no time, INVALID when a schedule cannot be
            read or has no next time.

    """
    schedule = flow.trigger.schedule if flow.trigger else None
    if schedule is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"the flow `{flow.name}` has no schedule",
            hint="Leave out `--trigger schedule`, or choose another flow with --flow.",
        )
    cron = _cron(schedule, config)
    if at == NEXT:
        return Due(_next(cron, now, flow))
    if not at:
        return Due(now)
    moment, warning = _moment(at, cron)
    return Due(moment, warning or _not_due(cron, moment))


def _cron(schedule: Schedule, config: Mapping[str, Any]) -> _Cron:
    """Read the schedule, or the config variable that it names."""
    text, zone = schedule.value.strip(), schedule.time_zone
    if schedule.kind == "configVar":
        value = config.get(text)
        if value is None:
            raise XchangeError(
                ErrorCode.INVALID,
                f"the schedule is the config variable `{text}`, which has no value",
                hint=f"Give it one with --config, or --var '{text}=0 6 * * *'.",
                place=schedule.node.span.place,
            )
        data = value if isinstance(value, Mapping) else {"value": value}
        text, zone = str(data.get("value") or "").strip(), str(data.get("time_zone") or "")
    problem = cron_problem(text) if text else None
    if problem is not None:
        raise XchangeError(
            ErrorCode.INVALID, f"the schedule `{text}` cannot be read: {problem.message}", hint=problem.hint
        )
    return _Cron(text, _zone(zone or "UTC"), zone or "UTC")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = "Write an IANA name, such as `Europe/Berlin`."
        raise XchangeError(ErrorCode.INVALID, f"there is no time zone `{name}`", hint=hint) from error


def _moment(text: str, cron: _Cron) -> tuple[datetime, str]:
    """Read a time; warn where the clocks of the zone never show it, or show it twice."""
    moment = read_moment(text)
    if moment is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"--at {text} is no time",
            hint="Write it as 2026-05-17T09:30, with or without a zone (Z, +02:00), or as `next`.",
        )
    if not is_sensible(moment):
        raise XchangeError(ErrorCode.USAGE, f"--at takes years from {FIRST_YEAR + 1} to {LAST_YEAR - 1}")
    if moment.tzinfo:
        return moment.astimezone(UTC), ""
    first, second = (moment.replace(tzinfo=cron.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first, ""
    shown = first.astimezone(cron.zone)
    if shown.replace(tzinfo=None) != moment:
        return first, f"{moment:%Y-%m-%d %H:%M} does not exist in {cron.zone_name}; {shown:%H:%M} is taken"
    return first, (
        f"{moment:%Y-%m-%d %H:%M} comes twice in {cron.zone_name}; the first is taken, {_written(shown)}"
    )


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _next(cron: _Cron, after: datetime, flow: Flow) -> datetime:
    from croniter import CroniterBadDateError, croniter

    if not cron.text:
        raise XchangeError(
            ErrorCode.INVALID,
            f"the schedule of `{flow.name}` has no times, so there is no next one",
            hint="Write a time after --at.",
        )
    try:
        found: datetime = croniter(cron.text, after.astimezone(cron.zone)).get_next(datetime)
    except CroniterBadDateError as error:
        raise XchangeError(ErrorCode.INVALID, f"the schedule `{cron.text}` is never due") from error
    return found.astimezone(UTC)


def _not_due(cron: _Cron, moment: datetime) -> str:
    """Warn of a time at which the schedule does not start the flow."""
    from croniter import CroniterBadDateError, croniter

    local = moment.astimezone(cron.zone)
    if not cron.text or croniter.match(cron.text, local):
        return ""
    try:
        following: datetime = croniter(cron.text, local).get_next(datetime)
    except CroniterBadDateError:
        return f"the schedule `{cron.text}` is never due"
    times = f"{local:%Y-%m-%d %H:%M}; the next time is {following:%Y-%m-%d %H:%M}"
    return f"the schedule `{cron.text}` ({cron.zone_name}) is not due at {times}"
