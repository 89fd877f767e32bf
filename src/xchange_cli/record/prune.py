"""Takes away the records of old runs."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.record.halves import discard, doomed, left_behind
from xchange_cli.record.listing import Entry, Listing, Wanted, listing
from xchange_cli.record.lock import RecordLock, in_use
from xchange_cli.record.names import LOCK, RUNNING

DAYS_KEPT = 30
RUNS_KEPT = 100

_AGE = re.compile(r"([0-9]{1,6})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Limits:
    """What to keep: the `newest` runs, and those that are not older than `age`. Only runs of `statuses` are removed.

    None is no reason to keep a run; with both None, runs are kept for 30 days and the newest 100 in any case.
    """

    age: timedelta | None = None
    newest: int | None = None
    statuses: frozenset[str] = frozenset()

    @property
    def or_default(self) -> "Limits":
        if self.age is None and self.newest is None:
            return Limits(timedelta(days=DAYS_KEPT), RUNS_KEPT, self.statuses)
        return self


@dataclass(frozen=True, slots=True)
class Pruned:
    """`removed` are the runs that are gone (or would be, in a dry run), with their size; `left` counts the others."""

    removed: Listing
    size: int
    left: int
    is_dry_run: bool = False


def age_of(text: str) -> timedelta:
    """Read `45m`, `12h`, `30d`, `2w`.

    Raises:
        XchangeError: USAGE for anything else.

    """
    found = _AGE.fullmatch(text)
    if found is None:
        raise XchangeError(
            ErrorCode.USAGE, f"{text!r} is no age", hint="Write a number and a unit: 45m, 12h, 30d or 2w."
        )
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def prune(
    runs: Path, found: Iterable[Entry], limits: Limits, now: datetime, *, is_dry_run: bool = False
) -> Pruned:
    """Remove runs, each together with all that it led to; none of which one is still running.

    Raises:
        XchangeError: UNREADABLE when the system refuses to remove one.

    """
    families = _families(listing(found, Wanted()).entries)
    chosen = _chosen(families, limits.or_default, now)
    if not is_dry_run:
        _sweep(runs, now)
    remove: Callable[[Path], int] = _size if is_dry_run else _remove
    size = sum(remove(runs / one.run_id) for family in chosen for one in reversed(family))
    removed = tuple(one for family in chosen for one in family)
    return Pruned(Listing(removed), size, sum(map(len, families)) - len(removed), is_dry_run)


def _families(found: Iterable[Entry]) -> list[list[Entry]]:
    families: list[list[Entry]] = []
    for one in found:
        if one.depth == 0:
            families.append([])
        families[-1].append(one)
    return families


def _chosen(families: list[list[Entry]], limits: Limits, now: datetime) -> list[list[Entry]]:
    """Count the newest before anything else is looked at."""
    return [
        family
        for number, family in enumerate(families)
        if (limits.newest is None or number >= limits.newest)
        and (limits.age is None or now - started(family[0].run_id) > limits.age)
        and (not limits.statuses or family[0].status in limits.statuses)
        and not any(one.status == RUNNING for one in family)
    ]


def started(run_id: str) -> datetime:
    """Give the time that a run id begins with."""
    milliseconds = 0
    for letter in run_id[:10]:
        milliseconds = milliseconds * 32 + _LETTERS.index(letter)
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=min(milliseconds, _LAST_MILLISECOND))


_LAST_MILLISECOND = 253_402_300_799_000
"""Of the year 9999; some ids name later times."""


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _remove(folder: Path) -> int:
    """Remove a record, unless somebody has begun to go on with it. It is renamed first: half a record is none."""
    try:
        size = _size(folder)
        lock = RecordLock.take(folder / LOCK)
        if lock is None:
            raise in_use(folder.name)
        try:
            if sys.platform == "win32":  # which renames no folder with an open file
                lock.release()
            folder.replace(doomed(folder))
        finally:
            lock.release()
        discard(doomed(folder))
    except OSError as error:
        raise _not_removed(folder, error) from error
    return size


def _sweep(runs: Path, now: datetime) -> None:
    """Remove what processes that were killed have left behind."""
    for folder in left_behind(runs, now):
        try:
            discard(folder)
        except OSError as error:
            raise _not_removed(folder, error) from error


def _not_removed(folder: Path, error: OSError) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE, f"{folder.as_posix()} cannot be removed: {error.strerror or error}"
    )
