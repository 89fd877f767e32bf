"""Times at which a schedule is to start a flow, as people write them."""

from datetime import datetime

NEXT = "next"
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Beyond, neither run ids nor time zones are of any use."""


def moment(text: str) -> datetime | None:
    """Read an ISO time, with or without a zone; None where it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_sensible(time: datetime) -> bool:
    return FIRST_YEAR < time.year < LAST_YEAR
