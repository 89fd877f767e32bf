"""Published versions in commands that are about working copies, too. Most projects have none: then nothing is loaded."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.project.integration_file import IntegrationFile
    from xchange_cli.project.project import Project
    from xchange_cli.registry.manifest import Manifest
    from xchange_cli.registry.registry import Registry

_VERSION = re.compile(r".+@[0-9]+", re.DOTALL)
_ELSEWHERE = re.compile(r"s3:", re.IGNORECASE)
_URL = re.compile(r"file:", re.IGNORECASE)


class Subject(NamedTuple):
    """What is looked at. `manifest` and `registry` are None of a working copy."""

    file: "IntegrationFile"
    manifest: "Manifest | None" = None
    registry: "Registry | None" = None


@contextmanager
def subject_of(project: "Project", argument: str | None, folder: "Path", url: str) -> Iterator[Subject]:
    """Open a working copy, or the version that is named as `KEY@3`; a path with such a name wins.

    Raises:
        XchangeError: as `open_integration`, `named_version` and `opened_version` do.

    """
    from xchange_cli.project.looking import exists

    if argument is None or _VERSION.fullmatch(argument) is None or exists(folder / argument):
        from xchange_cli.project.integration_file import open_integration

        yield Subject(open_integration(project, argument, folder))
        return
    from xchange_cli.registry.version_ref import version_ref
    from xchange_cli.release.registry_of import registry_of
    from xchange_cli.release.versions.addressing import named_version
    from xchange_cli.release.versions.opened_version import opened_version

    registry = registry_of(project, url, folder=folder)
    manifest = named_version(registry, version_ref(argument))
    with opened_version(registry, manifest) as file:
        yield Subject(file, manifest, registry)


def asks_registry(project: "Project", url: str, *, must: bool = False) -> bool:
    """Tell whether to ask for versions that nobody named: of one that is a folder, as it costs next to nothing.

    Another one only where the user named it (`url`), or where the answer depends on it (`must`). The project's folder
    is not there as long as nothing was published.
    """
    from xchange_cli.project.looking import exists

    if url:
        return True
    if _ELSEWHERE.match(project.registry) is not None:
        return must
    return _URL.match(project.registry) is not None or exists(project.root / project.registry)
