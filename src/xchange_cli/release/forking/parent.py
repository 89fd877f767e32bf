"""What a fork is made of: a working copy, or a published version."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.origin import require_integration
from xchange_cli.authoring.siblings import LeftOut, siblings_of
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.edit import encode
from xchange_cli.project.integration_file import IntegrationFile, open_integration
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.looking import exists
from xchange_cli.project.project import Project
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import VersionRef, version_ref
from xchange_cli.registry.version_state import VersionState
from xchange_cli.release.forking.commit import commit_with
from xchange_cli.release.forking.fork_file import digest_of
from xchange_cli.release.versions.addressing import named_version
from xchange_cli.release.versions.version_origin import version_origin
from xchange_cli.source import Source


class Parent(NamedTuple):
    """The integration's text, and the files that go along, by their paths in its folder.

    `state` is that of a version, None of a working copy; `is_changed` tells of a working copy that no commit has it.
    """

    source: Source
    beside: Mapping[str, bytes]
    base: ForkBase
    left_out: tuple[LeftOut, ...] = ()
    state: VersionState | None = None
    is_changed: bool = False


def parent_of(project: Project, argument: str, catalog: Catalog, folder: Path, registry: Registry) -> Parent:
    """Open what is to be forked: a key, a folder, a file, or a version such as `KEY@3`.

    Raises:
        XchangeError: as `open_integration` and the registry do; INVALID when it is no integration.

    """
    ref = None if exists(folder / argument) else version_ref(argument)
    if ref is not None and ref.number is not None:
        return _version(registry, ref)
    return _working_copy(open_integration(project, argument, folder), catalog, folder)


def _working_copy(file: IntegrationFile, catalog: Catalog, folder: Path) -> Parent:
    require_integration(file)
    commit = commit_with(file.path)
    data = encode(file.source, file.source.text)
    base = ForkBase(file.key, digest_of(data), commit=commit.commit)
    if file.path.name not in FILE_NAMES:
        return Parent(file.source, {}, base, is_changed=commit.is_changed)
    beside = siblings_of(file.integration, file.folder, catalog, folder)
    return Parent(file.source, beside.files, base, beside.left_out, is_changed=commit.is_changed)


def _version(registry: Registry, ref: VersionRef) -> Parent:
    manifest = named_version(registry, ref)
    origin = version_origin(registry, manifest)
    source = origin.file.source
    base = ForkBase(manifest.key, digest_of(encode(source, source.text)), manifest.number)
    return Parent(source, origin.beside, base, state=registry.states(manifest.key)[manifest.number])
