"""The activity log: one file an entry, so that those who write at once never meet."""

import heapq
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity, from_json, to_json
from xchange_cli.registry.swap import shown
from xchange_cli.storage.store import Store, WriteRefusedError


class Log:
    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, key: str, entry: Activity) -> None:
        """Write an entry; one that is there already stays as it is.

        Raises:
            XchangeError: CONFLICT when another entry has its id.

        """
        name = layout.activity(key, entry.id)
        try:
            self._store.write(name, to_json(entry), if_absent=True)
        except WriteRefusedError as error:
            raise XchangeError(
                ErrorCode.CONFLICT, f"{shown(self._store, name)} is there already and says something else"
            ) from error

    def newest_first(self, keys: Iterable[str]) -> Iterator[Activity]:
        """Yield the entries of some integrations, each read when it is asked for.

        Raises:
            XchangeError: INVALID for a damaged one.

        """
        named = [[(_id_of(name), name) for name in reversed(self._names(key))] for key in keys]
        for entry, name in heapq.merge(*named, reverse=True):
            blob = self._store.read(name)
            if blob is not None:
                yield self._parsed(blob.data, name, entry)

    def _names(self, key: str) -> list[str]:
        return [name for name in self._store.list(layout.activities(key)) if name.endswith(".json")]

    def _parsed(self, data: bytes, name: str, entry: str) -> Activity:
        activity = from_json(data, shown(self._store, name))
        if activity.id != entry or activity.key != layout.key_of(name):
            message = (
                f"{shown(self._store, name)} is damaged: it is the entry {activity.id} of {activity.key}"
            )
            raise XchangeError(ErrorCode.INVALID, message, hint="Take it from git or from a backup.")
        return activity


def _id_of(name: str) -> str:
    return PurePosixPath(name).stem
