"""The activity log of a registry, or a part of it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.registry import Registry


class Wanted(NamedTuple):
    """Which entries; what is empty is not asked for. A user is found by any part of the name, in any case.

    `limit` is how many at most, 0 for all.
    """

    key: str = ""
    categories: frozenset[str] = frozenset()
    users: tuple[str, ...] = ()
    since: datetime | None = None
    limit: int = 0


class History(NamedTuple):
    """Entries, the newest first; `is_cut` tells that there are older ones beyond the limit."""

    entries: tuple[Activity, ...]
    is_cut: bool


def history(registry: Registry, wanted: Wanted) -> History:
    """Read the log.

    Raises:
        XchangeError: NOT_FOUND when nothing at all is known of the key that was asked for.

    """
    found = _fitting(registry, wanted)
    first = tuple(islice(found, wanted.limit) if wanted.limit else found)
    if not first and wanted.key:
        _require_known(registry, wanted.key)
    return History(first, is_cut=bool(wanted.limit) and next(found, None) is not None)


def _fitting(registry: Registry, wanted: Wanted) -> Iterator[Activity]:
    users = [user.casefold() for user in wanted.users]
    for entry in registry.log(wanted.key or None):
        if wanted.since is not None and datetime.fromisoformat(entry.time) < wanted.since:
            return
        if wanted.categories and entry.category not in wanted.categories:
            continue
        if not users or any(user in entry.user.casefold() for user in users):
            yield entry


def _require_known(registry: Registry, key: str) -> None:
    """Refuse a key without any entry; what was purged has one."""
    if next(registry.log(key), None) is not None:
        return
    near = nearest(key, registry.keys())
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"nothing was ever done with {key} in this registry",
        hint=f"Did you mean `{near}`?" if near else "`xchange log` shows the whole log.",
    )
