"""A moment as users type it: a day, a time, or how long ago."""

import re
from datetime import UTC, datetime, timedelta

from xchange_cli.errors import ErrorCode, XchangeError

_AGE = re.compile(r"([0-9]{1,6})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(text: str, now: datetime) -> datetime:
    """Read `2024-05-17`, `2024-05-17T09:30`, `2024-05-17T09:30+02:00`, `90m`, `12h`, `7d` or `2w`.

    What says no time zone is UTC, as everything in a registry is.

    Raises:
        XchangeError: USAGE for anything else.

    """
    age = _AGE.fullmatch(text.strip())
    try:
        if age is not None:
            return now - timedelta(**{_UNITS[age[2]]: int(age[1])})
        return _in_utc(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError) as error:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{text!r} is no time",
            hint="Write a day (2024-05-17), a time (2024-05-17T09:30, in UTC) or an age (90m, 12h, 7d, 2w).",
        ) from error


def _in_utc(read: datetime) -> datetime:
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
