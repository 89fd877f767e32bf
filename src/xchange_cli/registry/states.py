"""What may change of versions, read and changed."""

from collections.abc import Callable

from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.log import Log
from xchange_cli.registry.swap import shown, swap
from xchange_cli.registry.version_state import StateFile, from_json, to_json
from xchange_cli.storage.store import Store


class StateFiles:
    """`state.json` of each key. All methods raise XchangeError INVALID for a damaged one."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store = store
        self._log = log

    def read(self, key: str) -> StateFile:
        blob = self._store.read(layout.state(key))
        return self._parsed(key, None if blob is None else blob.data)

    def change(self, key: str, change: Callable[[StateFile], StateFile], activity: Activity) -> StateFile:
        """Change the states and record that; where nothing changes, nothing is recorded.

        Whoever was killed between the two left the entry in the file, and the next change, or the same again, records
        it.
        """
        after = StateFile()

        def changed(data: bytes | None) -> bytes | None:
            nonlocal after
            before = self._parsed(key, data)
            if before.last is not None:
                self._log.put(key, before.last)
            after = change(before)
            if after == before:
                return None
            after = after._replace(last=activity)
            return to_json(after)

        swap(self._store, layout.state(key), changed)
        if after.last == activity:
            self._log.put(key, activity)
        return after

    def _parsed(self, key: str, data: bytes | None) -> StateFile:
        return StateFile() if data is None else from_json(data, shown(self._store, layout.state(key)))
