"""Keeps state between runs: loaded when an execution starts, written back when it has ended well."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.state.database import Database, Rows
from xchange_cli.state.disguise import Disguise, Row, Texts, texts_of
from xchange_cli.state.entries import KINDS, SCOPE_OF, Entry, Place, Saved, Selection, State, StateKey
from xchange_cli.state.stored_text import encode

MOST_BYTES = 64 * 1024 * 1024
"""Of all that one execution sees together, as on hosted platforms."""

PATIENCE = 5.0
"""Seconds to wait while other programs write."""

_AT = "integration = ? AND instance = ? AND flow = ? AND kind = ?"
_LOAD = f"SELECT kind, key, value FROM kept WHERE ({_AT}) OR ({_AT}) OR ({_AT}) ORDER BY rowid"  # noqa: S608
_LOAD_KIND = f"SELECT key, value FROM kept WHERE {_AT}"  # noqa: S608
_LIST = "SELECT integration, instance, flow, kind, key, value, saved FROM kept"
_IN_ORDER = "ORDER BY integration, instance, flow, kind, rowid"
_PUT = """
INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (integration, instance, flow, kind, key)
DO UPDATE SET value = excluded.value, saved = excluded.saved WHERE value <> excluded.value
"""
_DROP = f"DELETE FROM kept WHERE {_AT} AND key = ?"  # noqa: S608


class StateTooLargeError(XchangeError):
    """What an execution wants to keep is more than hosted platforms take; nothing was written."""


def _same(value: Any) -> Any:
    return value


def _now() -> datetime:
    return datetime.now(UTC)


class StateStore:
    """The state of all integrations of a project, for one thread. Nothing is opened before it is needed.

    `redact` puts names in place of the secrets in a mapping of keys and values, before it is written; `bind` puts
    the secrets of today in place of the names, after it is read. `patience` is in seconds, by default PATIENCE.

    All that reads or writes may raise XchangeError: UNREADABLE when the database is locked, damaged, somebody
    else's or not writable, retryable if it is locked; INVALID when a value is nested too deeply. Then nothing has
    changed.
    """

    def __init__(
        self,
        path: Path,
        *,
        redact: Callable[[Any], Any] = _same,
        bind: Callable[[Any], Any] = _same,
        now: Callable[[], datetime] = _now,
        patience: float | None = None,
    ) -> None:
        self._database = Database(path, PATIENCE if patience is None else patience)
        self._disguise = Disguise(redact, bind, path)
        self._now = now

    def load(self, place: Place) -> dict[str, dict[str, Any]]:
        """Give what an execution starts with, by kind and key; only kinds that hold something."""
        state: dict[str, dict[str, Any]] = {}
        slots = [part for kind in KINDS for part in _slot(place, kind)]
        for kind, key, value in self._database.read(_LOAD, slots):
            state.setdefault(kind, {}).update(self._disguise.read(key, value))
        return state

    def save(self, place: Place, before: State, after: State) -> Saved:
        """Write back the kinds that changed, each as a whole: the last writer wins.

        `before` is what `load` gave. Call this only for executions that ended well.

        Raises:
            StateTooLargeError: when `after` is larger than MOST_BYTES.

        """
        old = {kind: texts_of(before.get(kind, {})) for kind in KINDS}
        new = {kind: texts_of(after.get(kind, {})) for kind in KINDS}
        changed = [kind for kind in KINDS if old[kind] != new[kind]]
        if not changed:
            return Saved()
        _refuse_too_large(new)
        saved = Saved()
        with self._database.transaction() as connection:
            for kind in changed:
                theirs = self._theirs(connection, place, kind)
                lost = _lost(theirs, old[kind], new[kind])
                reworded = self._replace(connection, place, kind, new[kind])
                saved = Saved(
                    (*saved.overwritten, *(StateKey(kind, key) for key in lost)),
                    (*saved.reworded, *(StateKey(kind, key) for key in reworded)),
                )
        return saved

    def entries(self, selection: Selection) -> tuple[Entry, ...]:
        """List what is kept, in order; secrets are named and not bound."""
        where, values = _condition(selection)
        return tuple(self._entries(self._database.read(f"{_LIST}{where} {_IN_ORDER}", values)))

    def put(self, place: Place, kind: str, key: str, value: Any) -> None:
        """Keep one value in place of what there was; null is no value.

        Raises:
            StateTooLargeError: when there is too much in this place then.

        """
        texts = texts_of({key: value})
        seen = {known: texts_of(values) for known, values in self.load(place).items()}
        _refuse_too_large({**seen, kind: {**seen.get(kind, {}), **texts}})
        with self._database.transaction() as connection:
            self._put(connection, place, kind, texts)

    def remove(self, entries: Sequence[Entry]) -> None:
        """Remove what `entries` has listed; what is gone already is no error."""
        if entries:
            rows = [(*_slot(entry.place, entry.kind), encode(entry.key)) for entry in entries]
            with self._database.transaction() as connection:
                connection.executemany(_DROP, rows)

    def close(self) -> None:
        self._database.close()

    def _theirs(self, connection: sqlite3.Connection, place: Place, kind: str) -> Texts:
        """Give what is kept now, as it would be loaded."""
        values: dict[str, Any] = {}
        for key, value in connection.execute(_LOAD_KIND, _slot(place, kind)):
            values.update(self._disguise.read(key, value))
        return texts_of(values)

    def _replace(self, connection: sqlite3.Connection, place: Place, kind: str, texts: Texts) -> list[str]:
        """Keep these values of a kind and no others; give the keys of those that will be read differently."""
        slot = _slot(place, kind)
        rows = self._put(connection, place, kind, texts)
        there = {key for key, _ in connection.execute(_LOAD_KIND, slot)}
        connection.executemany(_DROP, [(*slot, key) for key in there - {row.key for row in rows.values()}])
        return [key for key, row in rows.items() if not row.is_faithful]

    def _put(self, connection: sqlite3.Connection, place: Place, kind: str, texts: Texts) -> dict[str, Row]:
        rows = {key: self._disguise.written(key, text) for key, text in texts.items()}
        now = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        slot = _slot(place, kind)
        connection.executemany(_PUT, [(*slot, row.key, row.value, now) for row in rows.values()])
        return rows

    def _entries(self, rows: Rows) -> Iterator[Entry]:
        for integration, instance, flow, kind, key, value, saved in rows:
            for name, plain in self._disguise.read_plain(key, value).items():
                yield Entry(Place(integration, instance, flow), kind, name, plain, saved)


def _slot(place: Place, kind: str) -> tuple[str, str, str, str]:
    """Give the columns that tell where a kind of state is kept."""
    integration, instance, flow = map(_name, place.of(kind))
    return integration, instance, flow, kind


def _name(text: str) -> str:
    """Give a name that can be kept: names of files need not be UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def _condition(selection: Selection) -> tuple[str, list[str]]:
    """Give the `WHERE` of a query, and its values."""
    given = {column: value for column, value in selection._asdict().items() if value is not None}
    values = [encode(value) if column == "key" else _name(value) for column, value in given.items()]
    where = " AND ".join(f"{column} = ?" for column in given)
    return (f" WHERE {where}" if where else ""), values


def _lost(theirs: Texts, old: Texts, new: Texts) -> Iterable[str]:
    """Yield the keys that somebody else has changed, added or taken away, and that will be different again."""
    for key in {**old, **theirs}:
        if theirs.get(key) not in {old.get(key), new.get(key)}:
            yield key


def _refuse_too_large(state: Mapping[str, Texts]) -> None:
    sizes = {
        kind: sum(
            len(key.encode("utf-8", "surrogatepass")) + len(text.encode()) for key, text in texts.items()
        )
        for kind, texts in state.items()
    }
    total = sum(sizes.values())
    if total <= MOST_BYTES:
        return
    parts = ", ".join(f"{SCOPE_OF[kind]} state {_mebibytes(size)}" for kind, size in sizes.items() if size)
    raise StateTooLargeError(
        ErrorCode.INVALID,
        f"the state is too large to be kept: {_mebibytes(total)}, while hosted platforms take "
        f"{_mebibytes(MOST_BYTES)} together ({parts})",
        hint="Keep what later runs need, such as ids and cursors, not whole records.",
    )


def _mebibytes(size: int) -> str:
    return f"{size / 1_048_576:.1f} MiB"
