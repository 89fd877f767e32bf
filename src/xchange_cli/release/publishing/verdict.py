"""What a new version means for those who have the one before it, found out while it is published."""

from collections.abc import Iterator

from xchange_cli.changes.approvals import approved, read_approvals
from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.integration import Integration
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.registry.draft import Judged
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.package import INTEGRATION, Package
from xchange_cli.release.comparing.copies import Copy, integration_in
from xchange_cli.release.publishing.verdict_gate import allowed, require_allowed
from xchange_cli.release.publishing.verdict_kept import Compared, verdict_in_manifest
from xchange_cli.release.publishing.wish import ALL, Job
from xchange_cli.release.versions.external_versions import AUTO, FIRST, next_external_version
from xchange_cli.source import Source

_MOST_LOOKED = 20
"""Versions that are looked at to find the one with an external version to count on from."""


class Judge:
    """Compares an integration that is ready with versions of it, each of which is read once."""

    def __init__(self, job: Job, file: IntegrationFile, package: Package, catalog: Catalog) -> None:
        self._job = job
        self._file = file
        self._data = package.file(INTEGRATION)
        self._catalog = catalog
        self._known: dict[str, Compared] = {}

    @property
    def counts_on(self) -> bool:
        """Whether the external version depends on what changes."""
        return self._job.wish.external_version == AUTO

    @property
    def fingerprints(self) -> frozenset[str] | None:
        """The fingerprints of all changes that were found; None where nothing was compared."""
        found = [one.change_set for one in self._known.values() if one.change_set is not None]
        return frozenset(change.fingerprint for one in found for change in one.changes) if found else None

    def against(self, before: Manifest | None) -> Judged:
        """Say what a version after `before` means.

        Raises:
            XchangeError: RefusedChangesError, or INVALID, where it may not be published; USAGE when the external version
                cannot be counted on; else as the registry does.

        """
        if before is None:
            return Judged(None, FIRST if self.counts_on else self._job.wish.external_version)
        found = self.compared(before)
        require_allowed(found, before, self._job)
        external_version = self._next_external(before) if self.counts_on else self._job.wish.external_version
        return Judged(verdict_in_manifest(found, before.number), external_version)

    def compared(self, before: Manifest) -> Compared:
        """Compare with a version; what was approved or is allowed is said of each change.

        A version that is no integration is no error: it cannot be mended by who publishes. One that is damaged is: it
        is to be mended first, unless everything is allowed.

        Raises:
            XchangeError: INVALID for a damaged version; NETWORK and the like where the registry does not answer;
                UNREADABLE for wrong approvals.

        """
        name = f"{before.reference} {before.digest}"
        if name not in self._known:
            found = self._compared(before)
            if found.change_set is not None:
                changes = allowed(self._approved(found.change_set), self._job)
                found = found._replace(change_set=changes)
            self._known[name] = found
        return self._known[name]

    def _compared(self, before: Manifest) -> Compared:
        new = Side(self._file.name, self._file.integration)
        try:
            data = self._job.registry.file(before, INTEGRATION)
        except XchangeError as error:
            if error.code is not ErrorCode.INVALID:
                raise
            if ALL not in self._job.wish.allowed:
                raise _damaged(before, error) from error
            return Compared(None, error.message)
        if data == self._data:
            return Compared(ChangeSet(before.key, before.reference, new.name, ()))
        try:
            old = Side(before.reference, _integration(before, data or b""))
        except XchangeError as error:
            return Compared(None, f"{error.place}: {error.message}" if error.place else error.message)
        return Compared(compare(old, new, self._catalog, before.key))

    def _approved(self, change_set: ChangeSet) -> ChangeSet:
        if not change_set.changes or self._file.path.name not in FILE_NAMES:
            return change_set
        return approved(change_set, read_approvals(self._file.folder, self._job.folder))

    def _next_external(self, before: Manifest) -> str:
        """Count on from the last version that has an external version, by all that has changed since."""
        numbered = next((one for one in self._earlier(before) if one.external_version), None)
        return FIRST if numbered is None else next_external_version(numbered, self.compared(numbered).grade)

    def _earlier(self, newest: Manifest) -> Iterator[Manifest]:
        """Yield versions, the newest first, as far as one looks."""
        yield newest
        for number in range(newest.number - 1, max(0, newest.number - _MOST_LOOKED), -1):
            try:
                yield self._job.registry.manifest(newest.key, number)
            except XchangeError as error:
                if error.code is not ErrorCode.NOT_FOUND:
                    raise
                return


def _damaged(before: Manifest, error: XchangeError) -> XchangeError:
    """Say why nothing comes after a version that is not what was published, and what to do."""
    return XchangeError(
        ErrorCode.INVALID,
        f"{before.key} is not published: {error.message}",
        hint=f"`xchange verify {before.reference}` names all that differs. {error.hint} In git, `git log -- FILE` finds "
        "the commit to restore it from. --allow-breaking all publishes it all the same.",
    )


def _integration(before: Manifest, data: bytes) -> Integration:
    copy = Copy(before.key, before.reference)
    return integration_in(copy, Source.decode(copy.name, data)).integration
