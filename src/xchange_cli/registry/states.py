"""What may change of versions, read and changed."""

from collections.abc import Callable, Sequence
from hashlib import sha256

from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.log import Log
from xchange_cli.registry.swap import shown, swap
from xchange_cli.registry.version_state import UNAVAILABLE, Planned, StateFile, from_json, to_json
from xchange_cli.storage.store import Store


class StateFiles:
    """`state.json` of each key. All methods raise XchangeError INVALID for a damaged one."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store = store
        self._log = log

    def read(self, key: str) -> StateFile:
        """Give the states, with those that were planned for versions that are there by now."""
        blob = self._store.read(layout.state(key))
        file = self._parsed(key, None if blob is None else blob.data)
        return _with(file, *self._told_apart(key, file))

    def change(self, key: str, change: Callable[[StateFile], StateFile], activity: Activity) -> StateFile:
        """Change the states and record that; where nothing changes, nothing is recorded.

        Whoever was killed between the two left the entry in the file, and the next change, or the same again, records
        it.
        """
        after = StateFile()

        def changed(before: StateFile) -> StateFile:
            nonlocal after
            after = change(before)
            if after != before:
                after = after._replace(last=activity)
            return after

        self._swap(key, changed)
        if after.last == activity:
            self._log.put(key, activity)
        return after

    def plan(self, key: str, planned: Planned) -> None:
        """Write the state of a version before there is one, in place of what the same publisher has planned before."""

        def changed(before: StateFile) -> StateFile:
            mine = (planned.activity.id, planned.manifest)
            others = (
                one for one in before.planned if one.activity.id not in mine and one.manifest not in mine
            )
            return before._replace(planned=(*others, planned))

        self._swap(key, changed)

    def settle(self, key: str) -> None:
        """Write as states what was planned for versions that are there by now, and record it."""
        self._swap(key, lambda before: before)

    def give_up(self, key: str, number: int) -> None:
        """Let a number, and all before it, be one that is never used again."""
        self._swap(key, lambda before: before._replace(purged_through=max(number, before.purged_through)))

    def end_purge(self, key: str) -> None:
        """Say that all that a purge deletes is gone."""
        self._swap(key, lambda before: before._replace(is_purging=False))

    def _swap(self, key: str, change: Callable[[StateFile], StateFile]) -> None:
        def changed(data: bytes | None) -> bytes | None:
            before = self._parsed(key, data)
            came, others = self._told_apart(key, before)
            for entry in (before.last, *(one.activity for one in came)):
                if entry is not None:
                    self._log.put(key, entry)
            after = change(_with(before, came, others))
            return None if after == before else to_json(after)

        swap(self._store, layout.state(key), changed)

    def _told_apart(self, key: str, file: StateFile) -> tuple[list[Planned], list[Planned]]:
        """Give what was planned for versions that are there, and for those that may still come.

        The others are forgotten: another version came to be under their number.
        """
        came, others = [], []
        for one in file.planned:
            blob = self._store.read(layout.version(key, one.number))
            if blob is not None and sha256(blob.data).hexdigest() == one.manifest:
                came.append(one)
            elif blob is None and one.number > file.purged_through:
                others.append(one)
        return came, others

    def _parsed(self, key: str, data: bytes | None) -> StateFile:
        return StateFile() if data is None else from_json(data, shown(self._store, layout.state(key)))


def _with(file: StateFile, came: Sequence[Planned], others: Sequence[Planned]) -> StateFile:
    """Make states of what was planned, and keep the others."""
    for one in came:
        file = file._replace(versions=file.versions.with_state(one.number, UNAVAILABLE), last=one.activity)
    return file._replace(planned=tuple(others))
