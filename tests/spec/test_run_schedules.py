"""`--trigger schedule`: a flow as its schedule starts it, at a time of one's choice."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from runs import code, flow, integration, step

NIGHTLY = "30 2 * * *"
CLOCK = code("Clock", "return { data: new Date(context.startedAt).getTime() };")
NOW = step("Now", "datetime", "getCurrentDateTime")
VARIABLE = """configPages:
- {name: Page, elements: [{type: configVar, value: Run At}]}
requiredConfigVars:
- {key: Run At, dataType: schedule, scheduleType: custom, timeZone: Europe/Berlin}
"""


def scheduled(*steps, cron=NIGHTLY, zone="Europe/Berlin", kind="value", how="custom", name="Flow"):
    more = f"schedule: {{type: {kind}, value: '{cron}', meta: {{scheduleType: {how}, timeZone: '{zone}'}}}}\n"
    trigger = step("Trigger", "schedule-triggers", "schedule", is_trigger=True, more=more)
    return flow(*(steps or (CLOCK,)), name=name, trigger=trigger, synchronous=False)


@pytest.fixture
def run(project, xchange):
    def go(*flows, at="", head="", arguments=()):
        project({"integration.yml": integration(*flows, head=head)})
        chosen = ("--at", at) if at else ()
        return xchange(
            "run", "integration.yml", "--output", "json", "--trigger", "schedule", *chosen, *arguments
        )

    return go


def started(ran):
    assert ran.code == 0, ran.out
    return json.loads(ran.out)["steps"][0]["result"]["startedAt"][:16]


def said(ran):
    return " ".join(ran.err.split())


def refusal(ran):
    error = json.loads(ran.out)
    return ran.code, error["message"]


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2024-05-17T02:30", "2024-05-17T00:30"),
        ("2024-05-17 02:30:00", "2024-05-17T00:30"),
        ("2024-01-17T02:30", "2024-01-17T01:30"),
        ("2024-05-17T00:30Z", "2024-05-17T00:30"),
        ("2024-05-16T20:30-04:00", "2024-05-17T00:30"),
    ],
)
def test_a_time_without_a_zone_is_one_of_the_schedule(at, moment, run):
    ran = run(scheduled(), at=at)

    assert (started(ran), ran.err) == (moment, "")


def test_without_a_time_it_is_now_whether_due_or_not(run):
    ran = run(scheduled(cron="0 0 1 1 *"))

    begun = datetime.fromisoformat(json.loads(ran.out)["steps"][0]["result"]["startedAt"])
    assert (abs(datetime.now(UTC) - begun) < timedelta(minutes=1), ran.err) == (True, "")


def test_the_next_time_is_the_first_that_comes(run):
    ran = run(scheduled(cron="0 0 1 1 *", zone=""), at="next")

    assert started(ran) == f"{datetime.now(UTC).year + 1}-01-01T00:00"


def test_the_clock_of_the_run_shows_the_time(run):
    ran = run(scheduled(CLOCK, NOW), at="2024-05-17T00:30Z")

    trigger, clock, now = (one["result"] for one in json.loads(ran.out)["steps"])
    assert trigger["startedAt"].startswith("2024-05-17T00:30:00.")
    assert 0 <= clock - datetime(2024, 5, 17, 0, 30, tzinfo=UTC).timestamp() * 1000 < 60_000
    assert now.startswith("2024-05-17T00:30:")


def test_the_id_of_the_run_begins_with_the_true_time(run, xchange):
    first, second = run(scheduled(), at="2030-01-01T02:30"), run(scheduled(), at="2024-01-01T02:30")

    ids = [json.loads(ran.out)["run"] for ran in (first, second)]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("at", "warning"),
    [
        (
            "2024-05-17T02:29",
            "is not due at 2024-05-17 02:29; the next time is 2024-05-17 02:30",
        ),
        (
            "2024-05-17T02:30Z",
            "is not due at 2024-05-17 04:30; the next time is 2024-05-18 02:30",
        ),
    ],
)
def test_a_time_at_which_it_is_not_due_is_told(at, warning, run):
    ran = run(scheduled(), at=at)

    assert (ran.code, said(ran)) == (0, f"warning: the schedule `30 2 * * *` (Europe/Berlin) {warning}")


@pytest.mark.parametrize(
    ("at", "moment", "warning"),
    [
        (
            "2024-03-31T02:30",
            "2024-03-31T01:30",
            "2024-03-31 02:30 does not exist in Europe/Berlin; 03:30 is taken",
        ),
        (
            "2024-10-27T02:30",
            "2024-10-27T00:30",
            "2024-10-27 02:30 comes twice in Europe/Berlin; the first is taken, 2024-10-27T02:30+02:00",
        ),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_told(at, moment, warning, run):
    ran = run(scheduled(), at=at)

    assert (started(ran), said(ran)) == (moment, f"warning: {warning}")


def test_the_second_of_two_equal_times_is_named_with_its_offset(run):
    ran = run(scheduled(), at="2024-10-27T02:30+01:00")

    assert (started(ran), ran.err) == ("2024-10-27T01:30", "")


@pytest.mark.parametrize(("cron", "how"), [("", "once"), ("", "none")])
def test_a_schedule_without_times_may_be_started_at_any(cron, how, run):
    flows = scheduled(cron=cron, how=how)

    assert run(flows, at="2024-05-17T02:30").err == ""
    assert refusal(run(flows, at="next")) == (
        1,
        "the schedule of `Flow` has no times, so there is no next one",
    )


# --- schedules of config variables


BY_VARIABLE = scheduled(cron="Run At", zone="", kind="configVar")


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("30 2 * * *", "2024-05-17T00:30"),
        ('{"value": "30 2 * * *", "time_zone": "America/New_York"}', "2024-05-17T06:30"),
    ],
)
def test_a_schedule_may_come_from_a_config_variable(value, moment, run):
    ran = run(BY_VARIABLE, at="2024-05-17T02:30", head=VARIABLE, arguments=("--var", f"Run At={value}"))

    assert (started(ran), ran.err) == (moment, "")


def test_a_variable_without_a_value_is_named(run):
    ran = run(BY_VARIABLE, head=VARIABLE)

    assert refusal(ran) == (1, "the schedule is the config variable `Run At`, which has no value")
    assert json.loads(ran.out)["hint"] == "Give it one with --config, or --var 'Run At=0 6 * * *'."


def test_a_random_time_that_the_library_would_take_is_refused(run):
    ran = run(BY_VARIABLE, head=VARIABLE, arguments=("--var", "Run At=R R * * *"))

    assert refusal(ran) == (1, "the schedule `R R * * *` cannot be read: `R` is no minute of a schedule")


# --- what is refused


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("tomorrow", "--at tomorrow is no time"),
        ("1969-12-31T02:30", "--at takes years from 1971 to 2998"),
        ("9999-12-31T02:30", "--at takes years from 1971 to 2998"),
    ],
)
def test_what_is_no_time_is_refused(at, message, run):
    assert refusal(run(scheduled(), at=at)) == (2, message)


def test_a_schedule_that_is_never_due_has_no_next_time(run):
    never = "0 0 30,31 2 *"
    assert refusal(run(scheduled(cron=never), at="next")) == (1, f"the schedule `{never}` is never due")


def test_a_flow_without_a_schedule_is_not_started_by_one(run):
    assert refusal(run(flow(CLOCK))) == (2, "the flow `Flow` has no schedule")


def test_the_only_flow_with_a_schedule_needs_no_name(run):
    ran = run(flow(CLOCK, name="Webhook"), scheduled(name="Nightly"), at="2024-05-17T02:30")
    assert json.loads(ran.out)["flow"] == "Nightly"


def test_of_several_flows_with_a_schedule_one_must_be_named(run):
    both = (scheduled(name="One"), scheduled(name="Two"))

    assert refusal(run(*both)) == (2, "which flow?")
    assert json.loads(run(*both, arguments=("--flow", "Two")).out)["flow"] == "Two"
