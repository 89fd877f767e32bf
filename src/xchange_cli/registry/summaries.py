"""The summaries of a registry: derived, so that whatever is wrong with one is made good without a word."""

from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import tee

from xchange_cli.registry import layout
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.states import StateFiles
from xchange_cli.registry.summary import Summary, summary_in, summary_of, to_json, without_versions
from xchange_cli.registry.swap import swap
from xchange_cli.registry.versions import Versions
from xchange_cli.storage.reading import read_all
from xchange_cli.storage.store import Blob, Store, WriteRefusedError


class Summaries:
    def __init__(self, store: Store, versions: Versions, states: StateFiles) -> None:
        self._store = store
        self._versions = versions
        self._states = states

    def announce(self, key: str) -> Blob | None:
        """See to it that a key can be found, before there is anything of it; give what was written for that, if it was."""
        data = without_versions(key)
        with suppress(WriteRefusedError):
            return Blob(data, self._store.write(layout.summary(key), data, if_absent=True))
        return None

    def read(self, key: str) -> Blob | None:
        """Give the summary as it is written, for `refresh`."""
        return self._store.read(layout.summary(key))

    def refresh(self, key: str, manifest: Manifest | None, known: Blob | None = None) -> None:
        """Make the summary again, after a version was published or its state changed: `manifest` is of that version.

        Of several who do so at once, the last one sees what all of them did. `known` is as for `swap`.
        """

        def refreshed(data: bytes | None) -> bytes:
            known = summary_in(data, key)
            if known is None or manifest is None:
                made = self._made(key)
            else:
                newer = known if known.number > manifest.number else manifest
                made = summary_of(newer, self._states.read(key))
            return without_versions(key) if made is None else to_json(made)

        swap(self._store, layout.summary(key), refreshed, known)

    def keys(self) -> Iterator[str]:
        """Yield the keys of which the registry has, or had, anything, sorted."""
        found = False
        for name in self._store.list(layout.SUMMARIES):
            if name.endswith(".json") and layout.key_of(name):
                found = True
                yield layout.key_of(name)
        if not found:
            names = self._store.list(layout.INTEGRATIONS)
            yield from dict.fromkeys(filter(None, map(layout.key_of, names)))

    def all(self) -> Iterator[Summary]:
        """Yield the summaries of the integrations that have versions, by key."""
        ours, named = tee(self.keys())
        blobs = read_all(self._store, map(layout.summary, named))
        with closing(blobs):
            for key, blob in zip(ours, blobs, strict=True):
                summary = self._summary(key, blob)
                if summary is not None:
                    yield summary

    def of(self, key: str) -> Summary | None:
        """Give the summary of an integration; None where it has no versions."""
        return self._summary(key, self.read(key))

    def _summary(self, key: str, blob: Blob | None) -> Summary | None:
        return summary_in(None if blob is None else blob.data, key) or self._made(key)

    def _made(self, key: str) -> Summary | None:
        manifest = self._versions.newest(key).manifest
        return None if manifest is None else summary_of(manifest, self._states.read(key))
