"""Which texts are schedules, and what is wrong with those that are not."""

import sys

import pytest

from xchange_cli.validation.cron import cron_problem

GOOD = [
    "*/5 * * * *",
    "0 */1 * * *",
    "00 00 */1 * *",
    "00 00 * * 0",
    "59 23 31 12 7",
    "0 9-17 * * 1-5",
    "0,30 * * * MON,FRI",
    "0 0 29 2 *",
    "0  3 * * *",
    "0 0 L * *",
]

BAD = [
    ("«R» * * * *", "`R` is no minute of a schedule"),
    ("0 «H(0-5)» * * *", "`H(0-5)` is no hour of a schedule"),
    ("«60» * * * *", "`60` is no minute of a schedule"),
    ("0 «24» * * *", "`24` is no hour of a schedule"),
    ("0 0 «0» * *", "`0` is no day of the month of a schedule"),
    ("0 0 1 «13» *", "`13` is no month of a schedule"),
    ("0 0 1 1 «8»", "`8` is no day of the week of a schedule"),
    ("«*/0» * * * *", "`*/0` is no minute of a schedule"),
    ("0 «noon» * * *", "`noon` is no hour of a schedule"),
    ("«1,2,» * * * *", "`1,2,` is no minute of a schedule"),
    ("0 0 «31» 4 *", "month 4 has no day 31"),
    ("0 0 «30» 02 *", "month 2 has no day 30"),
    ("«0 30 2 * * *»", "a schedule has five fields, not six"),
    ("«* * * *»", "a schedule has five fields, not 4"),
    ("«@daily»", "`@daily` is no cron text of five fields"),
    ("«every day»", "a schedule has five fields, not 2"),
]


@pytest.mark.parametrize("text", GOOD)
def test_a_schedule_has_five_fields_in_their_ranges(text):
    assert cron_problem(text) is None


@pytest.mark.parametrize(("marked", "message"), BAD)
def test_a_problem_names_the_field_and_points_at_it(marked, message):
    text = marked.replace("«", "").replace("»", "")
    found = cron_problem(text)
    assert found is not None
    assert found.message == message
    assert text[: found.start] + "«" + text[found.start : found.end] + "»" + text[found.end :] == marked
    assert found.hint.endswith(".")


def test_a_named_schedule_can_be_written_with_five_fields():
    found = cron_problem("@daily")
    assert found is not None
    assert found.hint == "Write `0 0 * * *`."


def test_the_usual_schedules_are_judged_without_the_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "croniter", None)
    assert [cron_problem(text) for text in GOOD[:5]] == [None] * 5
