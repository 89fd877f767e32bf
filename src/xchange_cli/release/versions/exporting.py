"""The file of a published version, as it was published or with other versions of components."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from xchange_cli.document.edit import encode
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState
from xchange_cli.release.versions.component_versions import with_latest, with_numbers
from xchange_cli.source import Source


class Components(StrEnum):
    """What the versions of components are to be: those of the published file, all `LATEST`, or all numbers."""

    AS_PUBLISHED = "as-published"
    LATEST = "latest"
    PINNED = "pinned"


class Exported(NamedTuple):
    manifest: Manifest
    state: VersionState
    data: bytes


def export(
    registry: Registry, manifest: Manifest, components: Components, pins: Mapping[str, int]
) -> Exported:
    """Give the file of a version, with every digest of the version checked.

    `pins` are numbers by component, for `PINNED`.

    Raises:
        XchangeError: INVALID when the version is damaged, or where component versions cannot be changed or nothing says
            the number of one; USAGE when a pin is for a component that needs none; else as the registry does.

    """
    data = registry.fetch(manifest.key, manifest.number).file(INTEGRATION)
    if data is None:
        message = f"{manifest.reference} has no {INTEGRATION}"
        raise XchangeError(ErrorCode.INVALID, message, hint="It was not published by xchange.")
    state = registry.states(manifest.key)[manifest.number]
    return Exported(manifest, state, _with_components(manifest, data, components, pins))


def _with_components(
    manifest: Manifest, data: bytes, components: Components, pins: Mapping[str, int]
) -> bytes:
    if components is Components.AS_PUBLISHED:
        return data
    source = Source.decode(f"{manifest.reference}/{INTEGRATION}", data)
    text = with_latest(source) if components is Components.LATEST else with_numbers(source, pins)
    return encode(source, text)
