"""When schedules are due, at times that tests of the command line cannot wait for."""

from datetime import UTC, datetime

import pytest

from flows import built
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.runs.schedules import Due, due

NEVER = "0 0 30,31 2 *"


def scheduled(cron="30 2 * * *", zone="Europe/Berlin"):
    schedule = f"{{type: value, value: '{cron}', meta: {{timeZone: '{zone}'}}}}"
    step = f"{{name: Trigger, isTrigger: true, schedule: {schedule}}}"
    [flow] = built(f"name: T\nflows: [{{name: Flow, steps: [{step}]}}]").flows
    return flow


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2024-05-17T00:29:59", "2024-05-17T00:30"),
        ("2024-05-17T00:30", "2024-05-18T00:30"),
        ("2024-03-30T12:00", "2024-03-31T01:00"),  # 02:30 is skipped: at 03:00
        ("2024-03-31T01:00", "2024-04-01T00:30"),
        ("2024-10-26T12:00", "2024-10-27T00:30"),  # 02:30 comes twice
        ("2024-10-27T00:30", "2024-10-27T01:30"),
        ("2024-10-27T01:30", "2024-10-28T01:30"),
    ],
)
def test_the_next_time_follows_the_clocks_of_the_zone(now, following):
    assert due(scheduled(), {}, "next", at(now)) == Due(at(following))


def test_without_a_zone_the_times_are_in_utc():
    assert due(scheduled(zone=""), {}, "next", at("2024-05-17T00:00")) == Due(at("2024-05-17T02:30"))
    assert due(scheduled(zone=""), {}, "2024-05-17T02:30", at("2024-01-01")) == Due(at("2024-05-17T02:30"))


def test_a_time_of_a_schedule_that_is_never_due_is_told():
    found = due(scheduled(NEVER), {}, "2024-05-17T02:30Z", at("2024-01-01"))

    assert found == Due(at("2024-05-17T02:30"), f"the schedule `{NEVER}` is never due")


@pytest.mark.parametrize("zone", ["Europe/Berln", "../etc/passwd", "a" * 300])
def test_an_unknown_time_zone_is_named(zone):
    with pytest.raises(XchangeError) as refused:
        due(scheduled(zone=zone), {}, "", at("2024-01-01"))

    assert (refused.value.code, refused.value.message) == (
        ErrorCode.INVALID,
        f"there is no time zone `{zone}`",
    )


def test_a_config_variable_may_hold_the_bare_text():
    [flow] = built(
        "name: T\nflows: [{name: Flow, steps: [{name: Trigger, isTrigger: true, "
        "schedule: {type: configVar, value: Run At}}]}]"
    ).flows

    assert due(flow, {"Run At": "30 2 * * *"}, "next", at("2024-05-17T00:00")) == Due(at("2024-05-17T02:30"))
