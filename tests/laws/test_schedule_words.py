"""Schedules in words."""

from collections import defaultdict
from datetime import datetime
from itertools import islice

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.model.integration import Schedule
from xchange_cli.model.schedule_words import in_words, schedule_in_words

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("* * * * *", "every minute"),
        ("*/1 * * * *", "every minute"),
        ("*/5 * * * *", "every 5 minutes"),
        ("0 */1 * * *", "every hour"),
        ("15 * * * *", "every hour at minute 15"),
        ("0,30 * * * *", "every hour at minutes 0 and 30"),
        ("0 */2 * * *", "every 2 hours (Europe/Berlin)"),
        ("0 */24 * * *", "every day at 00:00 (Europe/Berlin)"),
        ("30 2 * * *", "every day at 02:30 (Europe/Berlin)"),
        ("00 00 */1 * *", "every day at 00:00 (Europe/Berlin)"),
        ("0 8,12,16 * * *", "every day at 08:00, 12:00 and 16:00 (Europe/Berlin)"),
        ("0 9 * * 1-5", "Monday to Friday at 09:00 (Europe/Berlin)"),
        ("0 9 * * mon-FRI", "Monday to Friday at 09:00 (Europe/Berlin)"),
        ("00 00 * * 0", "every Sunday at 00:00 (Europe/Berlin)"),
        ("0 0 * * 7", "every Sunday at 00:00 (Europe/Berlin)"),
        ("0 9 * * 0,6", "Saturday and Sunday at 09:00 (Europe/Berlin)"),
        ("*/10 8-17 * * 1-5", "every 10 minutes from 08:00 to 17:59, Monday to Friday (Europe/Berlin)"),
        ("0 8-17 * * *", "every hour from 08:00 to 17:00 (Europe/Berlin)"),
        ("0 0 1,15 * *", "on days 1 and 15 of every month at 00:00 (Europe/Berlin)"),
        ("0 0 1 */3 *", "on day 1 of January, April, July and October at 00:00 (Europe/Berlin)"),
        ("0 0 1 1 *", "every year on 1 January at 00:00 (Europe/Berlin)"),
        ("0 6 * JUL *", "every day in July at 06:00 (Europe/Berlin)"),
        ("*/7 * * * *", "*/7 * * * * (Europe/Berlin)"),
        ("0 9 1-7 * 1", "0 9 1-7 * 1 (Europe/Berlin)"),
        ("0 0 */2 * *", "0 0 */2 * * (Europe/Berlin)"),
        ("60 * * * *", "60 * * * * (Europe/Berlin)"),
        ("0 0 0 * * *", "0 0 0 * * * (Europe/Berlin)"),
        ("  @daily\n", "@daily (Europe/Berlin)"),
        ("", ""),
    ],
)
def test_a_cron_text_is_said_in_words_where_there_are_some(cron, words):
    assert in_words(cron, BERLIN) == words


def test_without_a_zone_none_is_told():
    assert in_words("30 2 * * *") == "every day at 02:30"


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (("value", "30 2 * * *", ""), "every day at 02:30 (UTC)"),
        (("value", "30 2 * * *", " Asia/Tokyo "), "every day at 02:30 (Asia/Tokyo)"),
        (("value", "", "UTC"), "at no set time"),
        (("configVar", "Start Time", ""), "as the config variable Start Time says"),
    ],
)
def test_a_schedule_says_where_its_times_come_from(schedule, words):
    kind, value, zone = schedule
    assert schedule_in_words(Schedule(kind, value, "custom", zone, None)) == words


@given(st.text(), st.text(max_size=3))
def test_any_text_is_answered_with_one_line(cron, zone):
    assert "\n" not in in_words(cron)
    assert isinstance(in_words(cron, zone), str)


def fields(low, high):
    number = st.integers(low, high).map(str)
    return st.one_of(
        st.just("*"),
        number,
        st.sampled_from([2, 3, 4, 5, 6, 10, 15]).map(lambda step: f"*/{step}"),
        st.lists(number, min_size=1, max_size=3).map(",".join),
        st.tuples(st.integers(low, high), st.integers(low, high)).map(
            lambda ends: f"{min(ends)}-{max(ends)}"
        ),
    )


CRONS = st.tuples(fields(0, 59), fields(0, 23), fields(1, 28), fields(1, 12), fields(0, 6)).map(" ".join)
EVERY_DAY = st.tuples(fields(0, 59), fields(0, 23), st.just("* * *")).map(" ".join)


@given(st.lists(CRONS | EVERY_DAY, min_size=2, max_size=30))
def test_schedules_that_are_said_alike_are_due_at_the_same_times(crons):
    by_words = defaultdict(list)
    for cron in crons:
        by_words[in_words(cron)].append(cron)
    for alike in by_words.values():
        assert len({_times(cron) for cron in alike}) == 1


def _times(cron):
    return tuple(islice(croniter(cron, datetime(2026, 1, 1)).all_next(datetime), 30))  # noqa: DTZ001
