"""ISO 8601 dates and times, as JavaScript libraries for integrations read them."""

import re
from datetime import date, timedelta

_DATE = re.compile(
    r"(?P<year>[0-9]{4})-?(?:(?P<month>[0-9]{2})(?:-?(?P<day>[0-9]{2}))?"
    r"|W(?P<week>[0-9]{2})(?:-?(?P<weekday>[0-9]))?|(?P<ordinal>[0-9]{3})|)"
)
_NUMBER = r"[0-9]{2}(?:[.,][0-9]*)?"
_TIME = re.compile(f"(?P<hours>{_NUMBER})(?::?(?P<minutes>{_NUMBER}))?(?::?(?P<seconds>{_NUMBER}))?")
_ZONE = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-5][0-9]))?|Z")

_EPOCH = date(1970, 1, 1)
_SECOND = 1000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def milliseconds_of(text: str) -> int | None:
    """Read calendar, week and ordinal dates of the years 1 to 9999, with or without time and zone.

    The result counts from 1970-01-01T00:00Z. Without a zone the time is UTC, which is the zone of the hosted
    runner. None if the text is anything else.
    """
    written_date, _, rest = text.partition("T") if "T" in text else text.partition(" ")
    if not rest and written_date.endswith("Z"):
        written_date, rest = written_date[:-1], "Z"
    written_time, zone = _split_zone(rest)
    day, time, offset = _read_date(written_date), _read_time(written_time), _read_offset(zone)
    if day is None or time is None or offset is None:
        return None
    return int((day - _EPOCH).days * _DAY + time - offset)


def _split_zone(text: str) -> tuple[str, str]:
    start = re.search("[Z+-]", text)
    return (text[: start.start()], text[start.start() :]) if start else (text, "")


def _read_date(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    parts = {name: int(digits) for name, digits in match.groupdict().items() if digits}
    try:
        if "week" in parts:
            return date.fromisocalendar(parts["year"], parts["week"], parts.get("weekday", 1))
        if "ordinal" in parts:
            day = date(parts["year"], 1, 1) + timedelta(days=parts["ordinal"] - 1)
            return day if day.year == parts["year"] else None
        return date(parts["year"], parts.get("month", 1), parts.get("day", 1))
    except (ValueError, OverflowError):  # a day after the year 9999
        return None


def _read_time(text: str) -> float | None:
    """Give milliseconds since midnight; the last part may have a fraction, 24:00 is the next midnight."""
    if not text:
        return 0
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return hours * _HOUR + minutes * _MINUTE + seconds * _SECOND
    return _DAY if (hours, minutes, seconds) == (24, 0, 0) else None


def _read_offset(text: str) -> int | None:
    match = _ZONE.fullmatch(text or "Z")
    if match is None:
        return None
    offset = int(match["hours"] or 0) * _HOUR + int(match["minutes"] or 0) * _MINUTE
    return -offset if match["sign"] == "-" else offset
