"""Sites by what is done there: a key gets a value, a part comes, goes or stands elsewhere."""

import copy
from typing import Any

from change_ways.file import Data, Path, Place, StepPlace, position
from change_ways.way import Reported, Site

Somewhere = Place | StepPlace

_ONE_FIELD = frozenset(
    [
        "action",
        "connection",
        "dataSource",
        "errorConfig",
        "queueConfig",
        "retryConfig",
        "schedule",
        "triggerResolver",
    ]
)
"""What is told in one, whatever differs in it; so is each input."""


def _touched(place: Somewhere, keys: Path) -> Path:
    if keys[0] in _ONE_FIELD:
        return (*place.path, keys[0])
    return (*place.path, *(keys[:2] if keys[0] == "inputs" else keys))


def put(place: Somewhere, keys: str | Path, value: Any, *reports: Reported) -> Site:
    """Give a key of a part a value; keys that lead there are made where they are missing."""
    keys = (keys,) if isinstance(keys, str) else keys

    def make() -> None:
        holder = place.part
        for key in keys[:-1]:
            holder = holder.setdefault(key, {}) if isinstance(holder, dict) else holder[key]
        holder[keys[-1]] = copy.deepcopy(value)

    return Site(make, reports, (_touched(place, keys),))


def drop(place: Somewhere, keys: str | Path, *reports: Reported) -> Site:
    keys = (keys,) if isinstance(keys, str) else keys

    def make() -> None:
        holder = place.part
        for key in keys[:-1]:
            holder = holder[key]
        del holder[keys[-1]]

    return Site(make, reports, (_touched(place, keys),))


def remove(place: Somewhere, *reports: Reported) -> Site:
    return Site(lambda: place.siblings.pop(place.index), reports, (place.path,))


def add_behind(place: Somewhere, part: Data, *reports: Reported) -> Site:
    """Put a part behind another one."""
    return Site(lambda: place.siblings.insert(place.index + 1, copy.deepcopy(part)), reports, (place.path,))


def append(holder: Data, path: Path, key: str, part: Data, *reports: Reported) -> Site:
    """Put a part at the end of a list, which is made where it is missing."""
    return Site(lambda: holder.setdefault(key, []).append(copy.deepcopy(part)), reports, ((*path, key, "+"),))


def move(place: Somewhere, behind: Somewhere | None, *reports: Reported) -> Site:
    """Put a part behind another one of its list, or first."""

    def make() -> None:
        place.siblings.pop(place.index)
        index = 0 if behind is None else position(place.siblings, behind.part) + 1
        place.siblings.insert(index, place.part)

    return Site(make, reports, (place.path[:-1],))


def move_to(place: Somewhere, target: list[Data], path: Path, index: int, *reports: Reported) -> Site:
    """Put a part into another list."""

    def make() -> None:
        place.siblings.pop(place.index)
        target.insert(index, place.part)

    return Site(make, reports, (place.path, path))


def at_once(*sites: Site) -> Site:
    """Join sites into one, whose reports are those of all."""

    def make() -> None:
        for site in sites:
            site.make()

    reports = tuple(report for site in sites for report in site.reports)
    return Site(make, reports, tuple(path for site in sites for path in site.touches))
