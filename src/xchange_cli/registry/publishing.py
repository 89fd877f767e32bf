"""How a version comes to be: its files, then its manifest, which is the commit point, then what follows from it."""

from datetime import datetime
from hashlib import sha256

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.draft import Draft, Judged, Published, is_same, manifest_of
from xchange_cli.registry.entry_ids import milliseconds_of
from xchange_cli.registry.log import Log
from xchange_cli.registry.manifest import Manifest, from_json, to_json
from xchange_cli.registry.package import Package
from xchange_cli.registry.packages import Packages
from xchange_cli.registry.states import StateFiles
from xchange_cli.registry.summaries import Summaries
from xchange_cli.registry.summary import summary_in
from xchange_cli.registry.swap import ATTEMPTS, shown, too_busy
from xchange_cli.registry.version_state import Planned
from xchange_cli.registry.versions import Newest, Versions
from xchange_cli.storage.store import Blob, Store, WriteRefusedError
from xchange_cli.ulid import ulid

_MOST_REPAIRED = 100
"""Log entries that are written again at most, where the hint is far behind: somebody put an old one back."""


class Publishing:
    def __init__(
        self,
        store: Store,
        versions: Versions,
        packages: Packages,
        states: StateFiles,
        summaries: Summaries,
        log: Log,
    ) -> None:
        self._store = store
        self._versions = versions
        self._packages = packages
        self._states = states
        self._summaries = summaries
        self._log = log

    def publish(self, draft: Draft, package: Package, unavailable: Activity | None = None) -> Published:
        """Publish a draft, which has its time, unless the newest version is the same.

        With `unavailable`, the log's entry of that, the version cannot be deployed from its first moment on.
        """
        summary = self._summaries.read(draft.key)
        newest = self._newest(draft.key, summary)
        if newest.manifest is not None and is_same(newest.manifest, draft, package):
            published = Published(newest.manifest, is_new=False)
        else:
            judged = draft.judged(newest.manifest)  # it may refuse: nothing is written yet
            if newest.number == 0:
                summary = self._summaries.announce(draft.key) or summary
            self._packages.put(draft.key, package)
            published = self._commit(draft, package, newest, judged, unavailable)
        if unavailable is not None:
            self._states.settle(draft.key)
        self._follow(published.manifest, newest, summary)
        return published

    def newest(self, key: str) -> Newest:
        """Find the version that the next one comes after.

        Raises:
            XchangeError: CONFLICT while versions are deleted, INVALID when the newest one was lost.

        """
        return self._newest(key, self._summaries.read(key))

    def _newest(self, key: str, written: Blob | None) -> Newest:
        newest = self._versions.newest(key)
        if newest.is_purging:
            raise XchangeError(
                ErrorCode.CONFLICT,
                f"all versions of {key} are being deleted, or that was cut off",
                hint=f"`xchange delete {key} --purge --yes` finishes it, and moves the folder aside; then publish again.",
            )
        summary = summary_in(None if written is None else written.data, key)
        told = max(newest.missing, 0 if summary is None else summary.number)
        if told > newest.number or (newest.head == 0 and summary is None):
            self._require_none_lost(key, newest.number)
        return newest

    def _require_none_lost(self, key: str, last: int) -> None:
        """Refuse to give a number again whose version the log has, and whose manifest was lost: one beyond the last."""
        for entry in self._log.newest_first([key]):
            number = layout.number_in(entry.subject)
            if entry.category != "publish" or number <= last or self._versions.data(key, number) is not None:
                continue
            if number <= self._states.read(key).purged_through:
                return
            raise XchangeError(
                ErrorCode.INVALID,
                f"{shown(self._store, layout.version(key, number))} is missing, and the log says that it was published",
                hint="Nothing is published, for the number would have two contents. Take the file from git or from a "
                f"backup. If it is lost for good, `xchange delete {key} --purge --yes` gives up all versions: then the "
                f"next one is {number + 1}.",
            )

    def _commit(
        self, draft: Draft, package: Package, newest: Newest, judged: Judged, unavailable: Activity | None
    ) -> Published:
        """Take the first number that is free; where somebody else has published the same meanwhile, give theirs.

        `judged` is by comparison with the newest version; with each one that took a number, it is judged again.
        """
        before = newest.manifest
        for number in range(newest.number + 1, newest.number + 1 + ATTEMPTS):
            wanted = manifest_of(draft, package, number, judged)
            if unavailable is not None:
                entry = unavailable._replace(subject=wanted.reference)
                self._states.plan(draft.key, Planned(number, sha256(to_json(wanted)).hexdigest(), entry))
            manifest = self._write(wanted)
            if manifest is not None:
                self._survive_purge(manifest, package, newest.floor)
                return Published(manifest, is_new=True, before=before)
            before = self._versions.read(draft.key, number)
            if before is not None and is_same(before, draft, package):
                return Published(before, is_new=False)
            judged = draft.judged(before)
        raise too_busy(self._store, layout.versions(draft.key))

    def _write(self, manifest: Manifest) -> Manifest | None:
        """Write a manifest that can be read, and give it as it reads; None where its number is taken."""
        name = layout.version(manifest.key, manifest.number)
        data = to_json(manifest)
        readable = from_json(data, shown(self._store, name))
        try:
            self._store.write(name, data, if_absent=True)
        except WriteRefusedError:
            return None
        if self._versions.data(manifest.key, manifest.number) != data:
            raise XchangeError(
                ErrorCode.INVALID,
                f"{shown(self._store, name)} was written, but reads otherwise",
                hint="The registry's storage cannot be trusted.",
            )
        return readable

    def _survive_purge(self, manifest: Manifest, package: Package, floor: int) -> None:
        """Write the files again where all that was there was purged meanwhile, perhaps with them."""
        state = self._states.read(manifest.key)
        if state.is_purging:  # what deletes the others may delete files of this one at any moment
            self._states.give_up(manifest.key, manifest.number)
        if state.is_purging or manifest.number <= state.purged_through:
            self._store.delete(layout.version(manifest.key, manifest.number))
            raise XchangeError(
                ErrorCode.CONFLICT,
                f"all versions of {manifest.key} were deleted while this one was published",
                hint="Publish it again, if it is still wanted.",
                retryable=True,
            )
        if state.purged_through != floor:
            self._packages.put(manifest.key, package)

    def _follow(self, manifest: Manifest, newest: Newest, summary: Blob | None) -> None:
        """Bring the log, the hint and the summary up to a version, also for those who were killed before they did.

        The hint never gets ahead of the log, so it tells of which versions entries may be missing.
        """
        key, number = manifest.key, manifest.number
        head = newest.head
        if number > head + 1:  # others have published meanwhile, or did not get to the end
            head = self._versions.head(key)
        for one in range(max(head, newest.floor, number - _MOST_REPAIRED) + 1, number):
            earlier = self._versions.read(key, one)
            if earlier is not None:
                self._log.put(key, entry_of(earlier))
        if number > newest.head:
            self._log.put(key, entry_of(manifest))
            self._versions.advance_head(key, number)
        self._summaries.refresh(key, manifest, summary)


def entry_of(manifest: Manifest) -> Activity:
    """Give the log's entry of a version: always the same, so that it is written once, however often that is tried."""
    digest = sha256(to_json(manifest)).digest()
    time = milliseconds_of(datetime.fromisoformat(manifest.time))
    note = next(iter(manifest.note.splitlines()), "")
    grade = manifest.verdict.grade if manifest.verdict is not None else None
    version = f"version {manifest.number}" + (f" ({grade})" if grade else "")
    return Activity(
        id=ulid(time, digest),
        time=manifest.time,
        user=manifest.author,
        category="publish",
        subject=manifest.reference,
        preview=version + (f": {note}" if note else ""),
        details={
            "number": manifest.number,
            "externalVersion": manifest.external_version,
            "digest": manifest.digest,
            "note": manifest.note,
            "commit": manifest.git.commit if manifest.git else "",
            **({"grade": grade} if grade else {}),
        },
    )
