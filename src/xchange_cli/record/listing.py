"""All runs of a project at a glance: only what stands in the two small files of each record is read."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xchange_cli.record.facts import why_final
from xchange_cli.record.folder import run_ids
from xchange_cli.record.lock import is_held
from xchange_cli.record.names import (
    BROKEN,
    END,
    FAILURES,
    INTERRUPTED,
    JOURNAL,
    LOCK,
    RUNNING,
    SCHEMA,
    START,
    UNREADABLE,
)

_FINISHED = b'{"e":"step","ok":true'


@dataclass(frozen=True, slots=True)
class Entry:
    """One run. Of an unreadable one nothing but its id is known; `seconds` and `ended_at` are only of what has ended.

    `steps` counts the calls that gave a result. `failure` is the message of what ended the run. `depth` tells how many
    runs led to it. `is_final`: it can never be gone on with, however it ended.
    """

    run_id: str
    status: str
    key: str = ""
    name: str = ""
    file: str = ""
    flow: str = ""
    config: str = ""
    started_at: str = ""
    ended_at: str = ""
    seconds: float | None = None
    steps: int = 0
    cause: str = ""
    parent: str = ""
    path: str = ""
    attempt: int = 1
    failure: str = ""
    depth: int = 0
    is_final: bool = False

    @property
    def can_be_resumed(self) -> bool:
        return not self.is_final and (self.status in FAILURES or self.status == INTERRUPTED)


def entries(runs: Path) -> Iterator[Entry]:
    """Yield all runs, the oldest first."""
    return (entry(runs / run_id) for run_id in run_ids(runs))


def entry(folder: Path) -> Entry:
    """Look at one run; a record that makes no sense is `unreadable`."""
    try:
        start = _read(folder / START)
        end = _read(folder / END)
        return _unreadable(folder) if start is None else _entry(folder, start, end)
    except (*BROKEN, OSError):
        return Entry(folder.name, UNREADABLE)


def _unreadable(folder: Path) -> Entry:
    """A run that has only begun to write its record is running."""
    return Entry(folder.name, RUNNING if is_held(folder / LOCK) else UNREADABLE)


def _entry(folder: Path, start: Mapping[str, Any], end: Mapping[str, Any] | None) -> Entry:
    cause = start["cause"]
    return Entry(
        run_id=folder.name,
        status=_status(folder, end),
        key=_text(start["integration"]["key"]),
        name=_text(start["integration"]["name"]),
        file=_text(start["integration"]["file"]),
        flow=_text(start["flow"]),
        config=_text(start["config"]["name"]),
        started_at=_text(start["startedAt"]),
        ended_at=_text(end["endedAt"]) if end else "",
        seconds=float(end["seconds"]) if end else None,
        steps=int(end["steps"]) if end else _finished_steps(folder / JOURNAL),
        cause=_text(cause["kind"]),
        parent=_text(cause["parent"]),
        path=_text(cause["path"]),
        attempt=int(cause["attempt"]),
        failure=_text(end["failure"]["message"]) if end and end["failure"] else "",
        is_final=bool(why_final(start["integration"]["file"], start["options"]["more"])),
    )


def _status(folder: Path, end: Mapping[str, Any] | None) -> str:
    if end is not None:
        return _text(end["status"])
    return RUNNING if is_held(folder / LOCK) else INTERRUPTED


def _text(value: Any) -> str:
    """Give a text.

    Raises:
        TypeError: it is none.

    """
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _read(path: Path) -> Mapping[str, Any] | None:
    """Give what a file holds, None where there is none.

    Raises:
        ValueError, OSError: it cannot be read, or is no part of a record.

    """
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError(path)
    return data


def _finished_steps(journal: Path) -> int:
    if not journal.exists():
        return 0
    with journal.open("rb") as lines:
        return sum(line.startswith(_FINISHED) and line.endswith(b"\n") for line in lines)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs to list; empty means all. `limit` counts those that no other run led to, 0 means all."""

    statuses: frozenset[str] = frozenset()
    key: str = ""
    flow: str = ""
    limit: int = 0

    def takes(self, one: Entry) -> bool:
        return (
            (not self.statuses or one.status in self.statuses)
            and (not self.key or self.key in {one.key, one.name, one.file})
            and (not self.flow or self.flow == one.flow)
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """Runs, the newest first, each followed by those that it led to, the oldest of them first.

    `left_out` counts the runs that the limit cut off, without those that they led to; `known` counts all there are.
    """

    entries: tuple[Entry, ...]
    left_out: int = 0
    known: int = 0


def listing(found: Iterable[Entry], wanted: Wanted) -> Listing:
    """Choose runs and put them in order; of a run whose parent is not listed, its parent is named only."""
    known = list(found)
    chosen = {one.run_id: one for one in known if wanted.takes(one)}
    children: dict[str, list[Entry]] = {}
    for one in chosen.values():
        children.setdefault(one.parent if one.parent in chosen else "", []).append(one)
    roots = sorted(children.get("", ()), key=lambda one: one.run_id, reverse=True)
    shown = roots[: wanted.limit] if wanted.limit else roots
    listed = tuple(one for root in shown for one in _family(root, children))
    return Listing(listed, len(roots) - len(shown), len(known))


def _family(root: Entry, children: Mapping[str, list[Entry]]) -> Iterator[Entry]:
    """Yield a run and all that it led to, however long the chain is. Whoever is its own ancestor has no root."""
    waiting = [replace(root, depth=0)]
    while waiting:
        one = waiting.pop()
        yield one
        found = sorted(children.get(one.run_id, ()), key=lambda child: child.run_id, reverse=True)
        waiting += [replace(child, depth=one.depth + 1) for child in found]
