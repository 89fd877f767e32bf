"""All versions of an integration, and the working copy where it is ahead of them."""

from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.targets import Target
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState
from xchange_cli.release.versions.addressing import unknown_key
from xchange_cli.release.versions.changed_state import all_labels
from xchange_cli.release.versions.signed import Signed, signed
from xchange_cli.release.working_copy import package_of


class PublishedVersion(NamedTuple):
    """A version, what may change of it, and who signed it."""

    manifest: Manifest
    state: VersionState
    signed: Signed

    @property
    def labels(self) -> tuple[str, ...]:
        return all_labels(self.manifest, self.state)


class WorkingDraft(NamedTuple):
    """A working copy that is not published as it is; `trouble` says why it could not be compared, else it is empty."""

    file: str
    trouble: str = ""


class VersionHistory(NamedTuple):
    """Versions, the newest first; `draft` is None where the working copy is the newest version, or is not there.

    `newest` is the number of the newest version, None where none was published, also where `versions` leaves some out.
    `purged_through` is the last number whose version was deleted, else 0.
    """

    key: str
    draft: WorkingDraft | None
    versions: tuple[PublishedVersion, ...]
    newest: int | None
    only_available: bool
    purged_through: int = 0


def version_history(
    registry: Registry,
    key: str,
    target: Target | None,
    trusted: Sequence[str] = (),
    *,
    only_available: bool = False,
) -> VersionHistory:
    """Read the history of a key; `target` is its working copy, None where there is none.

    `trusted` is `trustedKeys` of the project. With `only_available` there is no draft: nothing that is not published can
    be deployed.

    Raises:
        XchangeError: NOT_FOUND when there is neither a version nor a working copy; INVALID when a trusted key is none;
            else as the registry does.

    """
    found = tuple(registry.signed_versions(key))
    manifests = [manifest for manifest, _ in found]
    if not manifests and target is None:
        raise unknown_key(registry, key)
    states = registry.states(key)
    versions = [
        PublishedVersion(manifest, states[manifest.number], signed(manifest.signature, data, trusted))
        for manifest, data in found
    ]
    return VersionHistory(
        key,
        None if only_available or target is None else _draft(target, manifests[0] if manifests else None),
        tuple(one for one in versions if one.state.available or not only_available),
        manifests[0].number if manifests else None,
        only_available,
        registry.purged_through(key),
    )


def _draft(target: Target, newest: Manifest | None) -> WorkingDraft | None:
    """Compare the working copy with the newest version; what is no integration now is never one that was published."""
    try:
        file: IntegrationFile = opened(target, target.read())
        differs = newest is None or package_of(file).digest != newest.digest
    except XchangeError as error:
        if error.code not in {ErrorCode.INVALID, ErrorCode.CONFLICT}:
            raise
        place = f"{error.place}: " if error.place else ""
        return WorkingDraft(target.name, f"{place}{error.message}")
    return WorkingDraft(target.name) if differs else None
