"""The files of a published version, to begin another integration with."""

import re

from xchange_cli.authoring.origin import Origin, read_integration
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.registry import Registry

_BESIDE = re.compile(r"icon\.png$|docs/|attachments/")
"""What a version brings along; of anything else in a package nothing is known."""


def version_origin(registry: Registry, manifest: Manifest) -> Origin:
    """Read a version: its integration, and what goes along.

    Raises:
        XchangeError: INVALID when it is no integration, or not what was published; else as the registry does.

    """
    package = registry.fetch(manifest.key, manifest.number)
    file = read_integration(manifest.reference, package.file(INTEGRATION) or b"")
    return Origin(file, {one.name: one.data for one in package.files if _BESIDE.match(one.name)})
