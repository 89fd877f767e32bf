"""When a schedule is due, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.model.integration import Schedule

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOST_TIMES = 6


class _Field(NamedTuple):
    """The numbers that a field stands for, in order; `step` is the number behind `*/`, 0 of any other form."""

    numbers: tuple[int, ...]
    is_any: bool = False
    step: int = 0
    is_range: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.numbers) == 1


class _Cron(NamedTuple):
    minute: _Field
    hour: _Field
    day: _Field
    month: _Field
    weekday: _Field


def schedule_in_words(schedule: Schedule) -> str:
    """Say when a flow is started: `every day at 02:30 (Europe/Berlin)`, `as the config variable Start says`."""
    if schedule.kind == "configVar":
        return f"as the config variable {schedule.value} says"
    if not schedule.value.strip():
        return "at no set time"
    return in_words(schedule.value, schedule.time_zone.strip() or "UTC")


def in_words(cron: str, zone: str = "") -> str:
    """Say when a cron text of five fields is due: `every 5 minutes`, `Monday to Friday at 09:00 (Europe/Berlin)`.

    The zone is told where hours or days are. What is out of the ordinary, and what is no cron text, is given
    back as it is.
    """
    text = " ".join(cron.split())
    read = _read(text)
    words = _words(read) if read is not None else None
    if words is None:
        words = text
    elif read is not None and _is_all_day(read):
        return words
    return f"{words} ({zone})" if zone and words else words


def _is_all_day(cron: _Cron) -> bool:
    """Tell what is due every hour of every day, in whatever zone."""
    return cron.hour.is_any and cron.day.is_any and cron.month.is_any and cron.weekday.is_any


def _words(cron: _Cron) -> str | None:
    days, times = _days(cron), _times(cron)
    if days is None or times is None:
        return None
    if not times.startswith("at "):
        return f"{times}, {days}" if days else times
    return f"{days or 'every day'} {times}"


def _times(cron: _Cron) -> str | None:
    """Say the times of a day: `every 5 minutes`, `at 09:00 and 17:00`."""
    minute, hour = cron.minute, cron.hour
    if minute.is_single:
        return _times_at(minute.numbers[0], hour)
    often = "every minute" if minute.is_any else f"every {minute.step} minutes" if minute.step else None
    if often is None:
        return f"every hour at minutes {_listed(minute.numbers)}" if hour.is_any else None
    if hour.is_any:
        return often
    if hour.is_single or hour.is_range:
        return f"{often} from {hour.numbers[0]:02}:00 to {hour.numbers[-1]:02}:59"
    return None


def _times_at(minute: int, hour: _Field) -> str | None:
    at_minute = f" at minute {minute}" if minute else ""
    if hour.is_any:
        return f"every hour{at_minute}"
    if hour.step:
        return f"every {hour.step} hours{at_minute}"
    if hour.is_range and len(hour.numbers) > 2:
        return f"every hour from {_clock(hour.numbers[0], minute)} to {_clock(hour.numbers[-1], minute)}"
    if len(hour.numbers) > _MOST_TIMES:
        return None
    return f"at {_listed([_clock(number, minute) for number in hour.numbers])}"


def _days(cron: _Cron) -> str | None:
    """Say the days: empty for all of them, None where there is no short way to say it."""
    day, month, weekday = cron.day, cron.month, cron.weekday
    months = "" if month.is_any else _listed([_MONTHS[number - 1] for number in month.numbers])
    if not weekday.is_any:
        if not day.is_any:  # cron takes what fits either of them
            return None
        days = _weekdays(weekday)
        return f"{days} in {months}" if months else days
    if day.is_any:
        return f"every day in {months}" if months else ""
    if day.step:
        return None
    if month.is_single and day.is_single:
        return f"every year on {day.numbers[0]} {months}"
    days = f"on day{'' if day.is_single else 's'} {_listed(day.numbers)}"
    return f"{days} of {months or 'every month'}"


def _weekdays(field: _Field) -> str:
    if field.is_range and len(field.numbers) > 2:
        return f"{_DAYS[field.numbers[0]]} to {_DAYS[field.numbers[-1] % 7]}"
    from_monday = sorted({(number - 1) % 7 for number in field.numbers})
    names = [_DAYS[(number + 1) % 7] for number in from_monday]
    return f"every {names[0]}" if len(names) == 1 else _listed(names)


def _clock(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"


def _listed(items: Sequence[object]) -> str:
    texts = [str(item) for item in items]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _read(text: str) -> _Cron | None:
    words = text.upper().split(" ")
    if len(words) != 5 or not text.isascii():
        return None
    fields = [
        _field(words[0], 0, 59),
        _field(words[1], 0, 23),
        _field(words[2], 1, 31),
        _field(_numbered(words[3], _MONTHS, 1), 1, 12),
        _field(_numbered(words[4], _DAYS, 0), 0, 7),
    ]
    known = [field for field in fields if field is not None]
    return _Cron(*known) if len(known) == len(fields) else None


def _numbered(word: str, names: Sequence[str], first: int) -> str:
    """Write numbers for the names of months and days."""
    for number, name in enumerate(names, first):
        word = word.replace(name[:3].upper(), str(number))
    return word


def _field(word: str, low: int, high: int) -> _Field | None:
    if word in {"*", "*/1"}:
        return _Field(tuple(range(low, high + 1)), is_any=True)
    if word.startswith("*/"):
        return _stepped(word[2:], low, high)
    first, separator, last = word.partition("-")
    if separator:
        start, end = _number(first, low, high), _number(last, low, high)
        if start is None or end is None or start >= end:
            return None
        return _Field(tuple(range(start, end + 1)), is_range=True)
    numbers = [_number(part, low, high) for part in word.split(",")]
    known = sorted({number for number in numbers if number is not None})
    return _Field(tuple(known)) if None not in numbers else None


def _stepped(word: str, low: int, high: int) -> _Field | None:
    """Read the number behind `*/`; one that does not divide the whole evenly is out of the ordinary."""
    size = high - low + 1
    step = _number(word, 2, size)
    if step is None or size % step:
        return None
    numbers = tuple(range(low, high + 1, step))
    return _Field(numbers, step=step if len(numbers) > 1 else 0)


def _number(word: str, low: int, high: int) -> int | None:
    if not word.isdigit() or len(word) > 2 or not word.isascii():
        return None
    number = int(word)
    return number if low <= number <= high else None
