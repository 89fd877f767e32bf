"""The published version that a user means."""

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import VersionRef


def named_version(registry: Registry, wanted: VersionRef) -> Manifest:
    """Give the version that `KEY@N` names, the newest one for `KEY` alone.

    Raises:
        XchangeError: NOT_FOUND where there is none, with what there is; else as the registry does.

    """
    newest = registry.newest(wanted.key)
    if newest is None:
        raise unknown_key(registry, wanted.key)
    return newest if wanted.number is None else registry.manifest(wanted.key, wanted.number)


def exact_version(registry: Registry, wanted: VersionRef) -> Manifest:
    """Give the version that `KEY@N` names: what changes one is never meant for whichever is the newest.

    Raises:
        XchangeError: USAGE for `KEY` alone, with the newest version in the hint; else as `named_version` does.

    """
    manifest = named_version(registry, wanted)
    if wanted.number is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{wanted.key} is no version",
            hint=f"Name one: {manifest.reference} is the newest.",
        )
    return manifest


def unknown_key(registry: Registry, key: str) -> XchangeError:
    """Make the error for a key without any version."""
    last = registry.purged_through(key)
    if last:
        message = f"all versions of {key} were deleted, up to {key}@{last}; the next is {key}@{last + 1}"
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=f"`xchange log {key}` says who did that.")
    near = nearest(key, set(registry.keys()) - {key})
    ways = f"Did you mean `{near}`?" if near else "`xchange list` shows the integrations and their versions."
    return XchangeError(ErrorCode.NOT_FOUND, f"no version of {key} is published", hint=ways)
