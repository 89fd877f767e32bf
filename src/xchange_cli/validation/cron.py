"""Whether a text is a schedule: five cron fields."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Field(NamedTuple):
    name: str
    low: int
    high: int


class CronProblem(NamedTuple):
    """What is wrong with `text[start:end]`."""

    start: int
    end: int
    message: str
    hint: str


FIELDS = (
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    Field("day of the month", 1, 31),
    Field("month", 1, 12),
    Field("day of the week", 0, 7),
)
_ORDER = "The fields are minute, hour, day of the month, month and day of the week."
_NAMED = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ONLY_HERE = re.compile(r"(?<![A-Za-z])[RrHh](?![A-Za-z])")
"""Random and hashed fields, which the library takes and cron does not."""

_SIMPLE = re.compile(r"\*(?:/0?[1-9][0-9]?)?|([0-9]{1,2})")


def cron_problem(text: str) -> CronProblem | None:
    """Find the first thing that is wrong with a cron text; leading zeros are fine."""
    found = list(re.finditer(r"\S+", text))
    words = [match.group() for match in found]
    if len(words) != len(FIELDS):
        return CronProblem(0, len(text), *_wrong_count(words))
    for index, match in enumerate(found):
        field = FIELDS[index]
        if not _is_valid(match.group(), index):
            hint = f"It can be `*`, a number from {field.low} to {field.high}, or such as `*/5`, `1-5` and `1,3`."
            return CronProblem(*match.span(), f"`{match.group()}` is no {field.name} of a schedule", hint)
    day, month = words[2], words[3]
    if day.isdecimal() and month.isdecimal() and int(day) > _DAYS[int(month) - 1]:
        return CronProblem(
            *found[2].span(), f"month {int(month)} has no day {int(day)}", "The flow never runs."
        )
    return None


def _wrong_count(words: Sequence[str]) -> tuple[str, str]:
    if len(words) == 1 and words[0] in _NAMED:
        return f"`{words[0]}` is no cron text of five fields", f"Write `{_NAMED[words[0]]}`."
    if len(words) == 6:
        return "a schedule has five fields, not six", "Seconds and years cannot be given. " + _ORDER
    return f"a schedule has five fields, not {len(words)}", _ORDER


def _is_valid(word: str, index: int) -> bool:
    """Judge one field; the library is asked only about what is out of the ordinary."""
    match = _SIMPLE.fullmatch(word)
    if match is not None:
        return match[1] is None or FIELDS[index].low <= int(match[1]) <= FIELDS[index].high
    if _ONLY_HERE.search(word):
        return False
    from croniter import croniter

    words = ["*"] * len(FIELDS)
    words[index] = word
    return bool(croniter.is_valid(" ".join(words)))
