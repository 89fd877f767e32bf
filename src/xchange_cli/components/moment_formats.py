"""Formats moments by patterns of letters, as the JavaScript libraries moment and dayjs do, in English.

Text in square brackets stands for itself. What only one of the libraries knows is written as moment writes it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from xchange_cli.components.moments import offset_text

_LONG_FORMS: Final = {
    "LT": "h:mm A",
    "LTS": "h:mm:ss A",
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
}
MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS: Final = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 4th, 11th, …"""
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else suffix}"


def weekday(moment: datetime) -> int:
    """Count from Sunday, which is 0."""
    return moment.isoweekday() % 7


def hour_of_12(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _day_of_year(moment: datetime) -> int:
    return moment.timetuple().tm_yday


_TOKENS: Final[Mapping[str, Callable[[datetime], object]]] = {
    "YYYY": lambda moment: f"{moment.year:04}",
    "YY": lambda moment: f"{moment.year % 100:02}",
    "Q": lambda moment: (moment.month + 2) // 3,
    "M": lambda moment: moment.month,
    "Mo": lambda moment: ordinal(moment.month),
    "MM": lambda moment: f"{moment.month:02}",
    "MMM": lambda moment: MONTHS[moment.month - 1][:3],
    "MMMM": lambda moment: MONTHS[moment.month - 1],
    "D": lambda moment: moment.day,
    "Do": lambda moment: ordinal(moment.day),
    "DD": lambda moment: f"{moment.day:02}",
    "DDD": _day_of_year,
    "DDDD": lambda moment: f"{_day_of_year(moment):03}",
    "d": weekday,
    "do": lambda moment: ordinal(weekday(moment)),
    "dd": lambda moment: DAYS[weekday(moment)][:2],
    "ddd": lambda moment: DAYS[weekday(moment)][:3],
    "dddd": lambda moment: DAYS[weekday(moment)],
    "E": datetime.isoweekday,
    "W": lambda moment: moment.isocalendar().week,
    "WW": lambda moment: f"{moment.isocalendar().week:02}",
    "GGGG": lambda moment: f"{moment.isocalendar().year:04}",
    "H": lambda moment: moment.hour,
    "HH": lambda moment: f"{moment.hour:02}",
    "h": hour_of_12,
    "hh": lambda moment: f"{hour_of_12(moment):02}",
    "k": lambda moment: moment.hour or 24,
    "kk": lambda moment: f"{moment.hour or 24:02}",
    "m": lambda moment: moment.minute,
    "mm": lambda moment: f"{moment.minute:02}",
    "s": lambda moment: moment.second,
    "ss": lambda moment: f"{moment.second:02}",
    "S": lambda moment: moment.microsecond // 100_000,
    "SS": lambda moment: f"{moment.microsecond // 10_000:02}",
    "SSS": lambda moment: f"{moment.microsecond // 1000:03}",
    "A": lambda moment: "AM" if moment.hour < 12 else "PM",
    "a": lambda moment: "am" if moment.hour < 12 else "pm",
    "Z": offset_text,
    "ZZ": lambda moment: offset_text(moment, ""),
    "z": datetime.tzname,
    "zz": datetime.tzname,
    "X": lambda moment: int(moment.timestamp() // 1),
    "x": lambda moment: int(moment.timestamp() // 1) * 1000 + moment.microsecond // 1000,
}

_ELSEWHERE: Final = re.compile("[yuwgGNeLo]+")
"""Letters that some library of this kind fills in."""

_PATTERN: Final = re.compile(
    r"\[(?P<text>[^\[\]]*)\]|(?P<long>LTS?|L{1,4})|(?P<token>"
    + "|".join(sorted(_TOKENS, key=len, reverse=True))
    + ")"
)


def format_moment(moment: datetime, pattern: str) -> str:
    """Put the parts of a moment, in its zone, in the place of the pattern's tokens."""

    def written(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return match["text"]
        if match["long"]:
            return format_moment(moment, _LONG_FORMS[match["long"]])
        return str(_TOKENS[match["token"]](moment))

    return _PATTERN.sub(written, pattern)


def letters_left(pattern: str) -> list[str]:
    """Give the letters that are written as they are here, and that some library would fill in."""
    return list(dict.fromkeys(_ELSEWHERE.findall(_PATTERN.sub(" ", pattern))))
