"""The filter `date` of Liquid, as LiquidJS has it: `strftime` patterns, in English and in UTC."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from xchange_cli.components.conversions import to_date
from xchange_cli.components.moment_formats import DAYS, MONTHS, hour_of_12, ordinal, weekday
from xchange_cli.components.moments import offset_text, zone_of
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, to_number

_DEFAULT_PATTERN = "%A, %B %-e, %Y at %-l:%M %P %z"
_DIRECTIVE = re.compile("%(?P<flags>[-_0^#:]*)(?P<width>[0-9]{0,2})(?P<letter>[A-Za-z%])")
_MOST_MINUTES = 24 * 60 - 1


def _week(moment: datetime, first_day: int) -> int:
    """Count weeks that begin on a day (0 is Sunday); the days before the first of them are in week 0."""
    day_of_year = moment.timetuple().tm_yday
    return (day_of_year + 6 - (weekday(moment) - first_day) % 7) // 7


def _half(moment: datetime) -> str:
    return "AM" if moment.hour < 12 else "PM"


_TEXTS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "a": lambda moment: DAYS[weekday(moment)][:3],
    "A": lambda moment: DAYS[weekday(moment)],
    "b": lambda moment: MONTHS[moment.month - 1][:3],
    "B": lambda moment: MONTHS[moment.month - 1],
    "h": lambda moment: MONTHS[moment.month - 1][:3],
    "p": _half,
    "P": lambda moment: _half(moment).lower(),
    "q": lambda moment: ordinal(moment.day)[-2:],
    "Z": lambda moment: moment.tzname() or "",
    "t": lambda _moment: "\t",
    "n": lambda _moment: "\n",
    "%": lambda _moment: "%",
}

_NUMBERS: Final[Mapping[str, tuple[Callable[[datetime], int], int, str]]] = {
    "C": (lambda moment: moment.year // 100, 2, "0"),
    "d": (lambda moment: moment.day, 2, "0"),
    "e": (lambda moment: moment.day, 2, " "),
    "G": (lambda moment: moment.isocalendar().year, 4, "0"),
    "H": (lambda moment: moment.hour, 2, "0"),
    "I": (hour_of_12, 2, "0"),
    "j": (lambda moment: moment.timetuple().tm_yday, 3, "0"),
    "k": (lambda moment: moment.hour, 2, " "),
    "l": (hour_of_12, 2, " "),
    "L": (lambda moment: moment.microsecond // 1000, 3, "0"),
    "m": (lambda moment: moment.month, 2, "0"),
    "M": (lambda moment: moment.minute, 2, "0"),
    "s": (lambda moment: math.floor(moment.timestamp()), 0, "0"),
    "S": (lambda moment: moment.second, 2, "0"),
    "u": (datetime.isoweekday, 0, "0"),
    "U": (lambda moment: _week(moment, 0), 2, "0"),
    "V": (lambda moment: moment.isocalendar().week, 2, "0"),
    "w": (weekday, 0, "0"),
    "W": (lambda moment: _week(moment, 1), 2, "0"),
    "y": (lambda moment: moment.year % 100, 2, "0"),
    "Y": (lambda moment: moment.year, 4, "0"),
}
"""The number, to how many digits it is filled up, and with what."""

_LONG_FORMS: Final = {
    "c": "%-m/%-d/%Y, %-I:%M:%S %p",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "x": "%-m/%-d/%Y",
    "X": "%-I:%M:%S %p",
}


def format_date(context: ActionContext, value: Any, pattern: Any = None, zone: Any = None) -> Any:
    """Write a moment; what is none is given back as it is, as LiquidJS does."""
    moment = _moment(context, value)
    if moment is None:
        return value
    try:
        local = moment.astimezone(_zone(zone))
    except OverflowError as error:
        raise ActionError(f"{describe(value)} is outside of the years 1 to 9999 in that time zone") from error
    return _written(local, str(pattern or "") or _DEFAULT_PATTERN)


def _moment(context: ActionContext, value: Any) -> datetime | None:
    if value in ("now", "today"):
        return context.now()
    if not isinstance(value, str | int | float) or isinstance(value, bool) or not value:
        return None
    try:
        return to_date(value)
    except ActionError:
        context.warn(f"date: {describe(value)} is neither ISO 8601 text nor seconds; it is written as it is")
        return None


def _zone(zone: Any) -> tzinfo:
    """Read the name of a zone, or minutes behind UTC as JavaScript counts them."""
    if isinstance(zone, str) and zone:
        return zone_of(zone)
    minutes = to_number(zone) if isinstance(zone, int | float) else 0.0
    if not abs(minutes) <= _MOST_MINUTES:
        raise ActionError(f"date: {describe(zone)} is no offset from UTC in minutes")
    return timezone(timedelta(minutes=-minutes)) if minutes else UTC


def _written(moment: datetime, pattern: str) -> str:
    return _DIRECTIVE.sub(lambda match: _directive(moment, match), pattern)


def _directive(moment: datetime, match: re.Match[str]) -> str:
    """Write what one directive stands for; a letter that means nothing stays with its `%`."""
    letter, flags, width = match["letter"], match["flags"], match["width"]
    if letter in _LONG_FORMS:
        return _written(moment, _LONG_FORMS[letter])
    if letter == "N":
        return f"{moment.microsecond:06}000"[: int(width or 9)]
    if letter == "z":
        return offset_text(moment, ":" if ":" in flags else "")
    if letter in _TEXTS:
        text = _TEXTS[letter](moment).rjust(int(width or 0))
        return text.upper() if "^" in flags else text.swapcase() if "#" in flags else text
    if letter not in _NUMBERS:
        return match[0]
    number, digits, fill = _NUMBERS[letter]
    fill = "0" if "0" in flags else " " if "_" in flags else fill
    return str(number(moment)).rjust(0 if "-" in flags else int(width or digits), fill)
