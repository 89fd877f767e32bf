"""Published versions: immutable, numbered, in any store."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.draft import Draft, Published
from xchange_cli.registry.entry_ids import Clock, Ids, Randomness, as_text
from xchange_cli.registry.log import Log
from xchange_cli.registry.manifest import Manifest, signed_bytes
from xchange_cli.registry.package import Package
from xchange_cli.registry.packages import Difference, Packages
from xchange_cli.registry.publishing import Publishing
from xchange_cli.registry.purging import Purging
from xchange_cli.registry.states import StateFiles
from xchange_cli.registry.summaries import Summaries
from xchange_cli.registry.summary import Summary
from xchange_cli.registry.version_state import StateFile, States, VersionState
from xchange_cli.registry.versions import Versions
from xchange_cli.storage.store import Store


def _now() -> datetime:
    return datetime.now(UTC)


class Registry:
    """All that is known of published versions, and all ways to change it.

    Every method raises XchangeError: USAGE for a key that a registry cannot have, INVALID where a file of the registry
    is damaged, naming it, and what the store raises: NETWORK, CREDENTIALS, UNREADABLE. `clock` gives the time of
    changes, `randomness` that many bytes.
    """

    def __init__(self, store: Store, clock: Clock = _now, randomness: Randomness = os.urandom) -> None:
        self._store = store
        self._clock = clock
        self._ids = Ids(randomness)
        self._log = Log(store)
        self._states = StateFiles(store, self._log)
        self._versions = Versions(store, self._states)
        self._packages = Packages(store)
        self._summaries = Summaries(store, self._versions, self._states)
        self._publishing = Publishing(
            store, self._versions, self._packages, self._states, self._summaries, self._log
        )
        self._purging = Purging(
            store, self._versions, self._packages, self._states, self._summaries, self._log
        )

    @property
    def url(self) -> str:
        """What the user calls it."""
        return self._store.url

    def newest(self, key: str) -> Manifest | None:
        """Give the newest version; None where there is none."""
        return self._versions.newest(layout.require_key(key)).manifest

    def next_number(self, key: str) -> int:
        """Give the number that the next version gets if nobody else is faster; those of deleted ones count, too.

        Raises:
            XchangeError: as `publish` does where it would not begin: CONFLICT while versions are deleted, INVALID when
                the newest one was lost.

        """
        return self._publishing.newest(layout.require_key(key)).number + 1

    def purged_through(self, key: str) -> int:
        """Give the last number whose version was purged, 0 where none ever was."""
        return self._states.read(layout.require_key(key)).purged_through

    def manifest(self, key: str, number: int) -> Manifest:
        """Give a version.

        Raises:
            XchangeError: NOT_FOUND when there is none of this number.

        """
        manifest = self._versions.read(layout.require_key(key), number)
        if manifest is None:
            raise self._unknown(key, number)
        return manifest

    def versions(self, key: str) -> Iterator[Manifest]:
        """Yield all versions, the newest first, each read when it is asked for."""
        return self._versions.newest_first(layout.require_key(key))

    def signed_versions(self, key: str) -> Iterator[tuple[Manifest, bytes]]:
        """Yield what `versions` does, each with what its signature is of, which is empty without a signature."""
        for manifest, data in self._versions.written_newest_first(layout.require_key(key)):
            yield manifest, signed_bytes(data) if manifest.signature is not None else b""

    def publish(self, draft: Draft, package: Package, *, available: bool = True) -> Published:
        """Make a new version, unless the newest one is the same: the same files, and no other external version.

        One that is not `available` never was: nobody can deploy it meanwhile.

        Of several who publish at once, each gets a number of its own, or the version of who published the same. Killed
        at any moment, it leaves the whole version or none to be seen, and what is missing else is made good by the next.

        Raises:
            XchangeError: INVALID also when something reads back otherwise than it was written.

        """
        layout.require_key(draft.key)
        draft = draft._replace(time=draft.time or as_text(self._clock()))
        details = {"available": {"before": True, "after": False}}
        marked = Activity.new(draft.author, "availability", draft.key, "unavailable", details)
        return self._publishing.publish(draft, package, None if available else self._stamped(marked))

    def fetch(self, key: str, number: int) -> Package:
        """Give the files of a version, with every digest checked.

        Raises:
            XchangeError: NOT_FOUND when there is no such version.

        """
        return self._packages.fetch(self.manifest(key, number))

    def file(self, manifest: Manifest, name: str) -> bytes | None:
        """Give one file of a version, with its digest checked; None where it has none of this name."""
        return self._packages.file(manifest, name)

    def verify(self, key: str, number: int) -> tuple[Difference, ...]:
        """Compare the files of a version with its manifest: all of them, whatever is found.

        Raises:
            XchangeError: NOT_FOUND when there is no such version.

        """
        return tuple(self._packages.differences(self.manifest(key, number)))

    def signed_bytes(self, key: str, number: int) -> bytes:
        """Give what the signature of a version is of.

        Raises:
            XchangeError: NOT_FOUND when there is no such version.

        """
        data = self._versions.data(layout.require_key(key), number)
        if data is None:
            raise self._unknown(key, number)
        return signed_bytes(data)

    def states(self, key: str) -> States:
        """Give what has changed of versions since they were published, by number; for others, what is usual."""
        return self._states.read(layout.require_key(key)).versions

    def change_state(
        self, key: str, number: int, change: Callable[[VersionState], VersionState], activity: Activity
    ) -> VersionState:
        """Change the state of a version and record that; where nothing changes, nothing is recorded.

        `change` gets the present state, again where somebody else was faster, and may raise. `activity` gets its id and
        time here.

        Raises:
            XchangeError: NOT_FOUND when there is no such version.

        """
        manifest = self.manifest(key, number)

        def changed(file: StateFile) -> StateFile:
            return file._replace(versions=file.versions.with_state(number, change(file.versions[number])))

        after = self._states.change(key, changed, self._stamped(activity))
        self._summaries.refresh(key, manifest)
        return after.versions[number]

    def keys(self) -> Iterator[str]:
        """Yield the keys of the integrations that have versions, sorted."""
        return (summary.key for summary in self._summaries.all())

    def summaries(self) -> Iterator[Summary]:
        """Yield what a list shows of the integrations that have versions, by key: one small file is read for each."""
        return self._summaries.all()

    def summary(self, key: str) -> Summary | None:
        """Give what a list shows of one integration; None where it has no versions."""
        return self._summaries.of(layout.require_key(key))

    def record(self, activity: Activity) -> Activity:
        """Add an entry to the log of the key in its subject, and give it with its id and time."""
        entry = self._stamped(activity)
        self._summaries.announce(layout.require_key(entry.key))
        self._log.put(entry.key, entry)
        return entry

    def log(self, key: str | None = None) -> Iterator[Activity]:
        """Yield the entries of one or of all integrations, the newest first, each read when it is asked for."""
        return self._log.newest_first(self._summaries.keys() if key is None else [layout.require_key(key)])

    def purge(self, key: str, activity: Activity) -> int:
        """Delete all versions of an integration, and say how many; the log stays, and so does the last number.

        The next version gets the number after it, also after that of a version whose files were lost. Killed, it is to
        be called again: until then nothing is published.

        Raises:
            XchangeError: NOT_FOUND when there is nothing to purge.

        """
        return self._purging.purge(layout.require_key(key), self._stamped(activity))

    def can_purge(self, key: str) -> bool:
        """Tell whether anything of versions is there, also where no version is to be seen any more."""
        return self._purging.is_needed(layout.require_key(key))

    def _stamped(self, activity: Activity) -> Activity:
        if activity.id:
            return activity
        now = self._clock()
        return activity._replace(id=self._ids.at(now), time=as_text(now))

    def _unknown(self, key: str, number: int) -> XchangeError:
        newest = self._versions.newest(key).manifest
        if newest is None:
            message, hint = f"{key} has no published version", "`xchange publish` makes the first one."
        else:
            message = f"{key} has no version {number}"
            hint = f"The newest is {newest.reference}; `xchange versions {key}` lists them all."
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=hint)
