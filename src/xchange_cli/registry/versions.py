"""The manifests of a registry: which there are, and which is the newest."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.fields import Fields
from xchange_cli.registry.json_bytes import json_bytes
from xchange_cli.registry.manifest import Manifest, from_json
from xchange_cli.registry.states import StateFiles
from xchange_cli.registry.swap import shown, swap
from xchange_cli.storage.store import Store


class Newest(NamedTuple):
    """`number` is the last that was ever given, 0 at the beginning; `manifest` is None where its version was purged.

    `head` is the number that the hint had, 0 where it was of no use; `floor` is the last that was purged, or 0. `missing`
    is a number beyond `number` that the hint had and that no version has, else 0. `is_purging` while versions are deleted.
    """

    number: int
    manifest: Manifest | None
    head: int
    floor: int
    missing: int = 0
    is_purging: bool = False


class Versions:
    """Reads manifests and the hint for the newest. All methods raise XchangeError INVALID for a damaged manifest."""

    def __init__(self, store: Store, states: StateFiles) -> None:
        self._store = store
        self._states = states

    def read(self, key: str, number: int) -> Manifest | None:
        """Give a manifest; None where there is none."""
        data = self.data(key, number)
        return None if data is None else self._parsed(key, number, data)

    def _parsed(self, key: str, number: int, data: bytes) -> Manifest:
        name = shown(self._store, layout.version(key, number))
        manifest = from_json(data, name)
        if (manifest.key, manifest.number) != (key, number):
            raise XchangeError(
                ErrorCode.INVALID,
                f"{name} is damaged: it says that it is {manifest.reference}",
                hint="Only xchange writes the files of a registry; take this one from git or from a backup.",
            )
        return manifest

    def data(self, key: str, number: int) -> bytes | None:
        """Give the bytes of a manifest; None where there is none."""
        if number > layout.LAST_NUMBER:
            return None
        blob = self._store.read(layout.version(key, number))
        return None if blob is None else blob.data

    def numbers(self, key: str, after: int = 0) -> list[int]:
        """List the versions beyond a number, sorted."""
        after = min(after, layout.LAST_NUMBER)
        names = self._store.list(layout.versions(key), layout.version(key, after))
        return [number for name in names if (number := layout.number_of(name)) is not None]

    def newest(self, key: str) -> Newest:
        """Find the newest version by the hint, in a few calls however many there are.

        The hint may be too low: then what is beyond it is listed. Where it is of no use, all are.
        """
        head, state = self.head(key), self._states.read(key)
        floor = state.purged_through
        number, hinted = max(head, floor), head
        manifest = self.read(key, number) if number > floor else None
        if number > floor and manifest is None:
            head, number = 0, floor
        if self.data(key, number + 1) is not None:
            number = max(self.numbers(key, number), default=number)
            manifest = self.read(key, number)
        return Newest(number, manifest, head, floor, hinted if hinted > number else 0, state.is_purging)

    def newest_first(self, key: str) -> Iterator[Manifest]:
        """Yield all manifests, each read when it is asked for."""
        return (manifest for manifest, _ in self.written_newest_first(key))

    def written_newest_first(self, key: str) -> Iterator[tuple[Manifest, bytes]]:
        """Yield all manifests with the bytes of their files, each read when it is asked for.

        What a purge that was cut off has left is none of them.
        """
        for number in reversed(self.numbers(key, self._states.read(key).purged_through)):
            data = self.data(key, number)
            if data is not None:
                yield self._parsed(key, number, data), data

    def advance_head(self, key: str, number: int) -> None:
        """Let the hint be no less than a number, and no more than the newest version."""

        def advanced(data: bytes | None) -> bytes | None:
            known = _number_in(data)
            is_further = known > number and self.data(key, known) is not None
            return None if is_further else _head(number)

        swap(self._store, layout.head(key), advanced)

    def head(self, key: str) -> int:
        """Give what the hint says, 0 where it cannot be used; the log has all versions up to it."""
        blob = self._store.read(layout.head(key))
        return _number_in(None if blob is None else blob.data)


def _head(number: int) -> bytes:
    return json_bytes({"number": number})


def _number_in(data: bytes | None) -> int:
    """Read the hint; 0 where it cannot be used."""
    try:
        number = Fields(json.loads(data or b""), "").number("number")
    except (XchangeError, ValueError, RecursionError):
        return 0
    return number if number <= layout.LAST_NUMBER else 0
