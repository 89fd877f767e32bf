"""A published version, opened as if it was a file of the project."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.targets import Target
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.registry import Registry
from xchange_cli.source import Source


@contextmanager
def opened_version(registry: Registry, manifest: Manifest) -> Iterator[IntegrationFile]:
    """Open a version; as long as it is open, the files that were published with it are beside it in a folder.

    Messages call it `KEY@3`.

    Raises:
        XchangeError: INVALID when it is no integration, or not what was published; else as the registry does.

    """
    package = registry.fetch(manifest.key, manifest.number)
    with TemporaryDirectory(prefix="xchange-") as folder:
        place = Path(folder) / manifest.key
        for file in package.files:
            path = place / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        target = Target(manifest.reference, manifest.key, place / INTEGRATION)
        yield opened(target, Source.decode(manifest.reference, package.file(INTEGRATION) or b""))
