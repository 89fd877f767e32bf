"""Ids of log entries, and the times in them."""

from collections.abc import Callable
from datetime import UTC, datetime

from xchange_cli.ulid import ulid

Clock = Callable[[], datetime]
Randomness = Callable[[int], bytes]


def milliseconds_of(time: datetime) -> int:
    return int(time.timestamp() * 1000)


def as_text(time: datetime) -> str:
    """Give a time as the registry writes it: `2026-05-01T12:00:00.000Z`."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Ids:
    """Ids for entries; those of one process sort in the order in which they were made, however fast that was."""

    def __init__(self, randomness: Randomness) -> None:
        self._randomness = randomness
        self._last = (0, 0)

    def at(self, time: datetime) -> str:
        now = milliseconds_of(time)
        before, number = self._last
        if now <= before:
            now, number = before, number + 1
        else:
            number = int.from_bytes(self._randomness(10), "big") >> 1  # room to count on
        self._last = (now, number)
        return ulid(now, number.to_bytes(10))
