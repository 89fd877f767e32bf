"""What the parent of a fork is now: its newest version that can be deployed, or its working copy."""

import re
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from xchange_cli.document.edit import encode
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.registry.manifest import ForkBase, Manifest
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import VersionRef
from xchange_cli.registry.version_state import VersionState
from xchange_cli.release.comparing.sides import working_copies
from xchange_cli.release.forking.commit import commit_with
from xchange_cli.release.forking.fork_file import digest_of
from xchange_cli.release.upstream.file_states import (
    Files,
    FileStates,
    file_states,
    files_of_copy,
    files_of_version,
)
from xchange_cli.release.upstream.fork import Fork
from xchange_cli.release.versions.addressing import named_version
from xchange_cli.source import Source

_NEWEST = "latest"
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class Upstream(NamedTuple):
    """What a fork can be brought to; `base` is what its `fork.json` says then. `state` is that of a version.

    `beside` are its icon, its documentation and its attachments.
    """

    file: IntegrationFile
    base: ForkBase
    beside: Files
    state: VersionState | None = None

    @property
    def name(self) -> str:
        """What messages call it: `orders@4`, or the key of a working copy."""
        return str(VersionRef(self.base.key, self.base.version))

    @property
    def data(self) -> bytes:
        return encode(self.file.source, self.file.source.text)


class Apart(NamedTuple):
    """What a fork can be brought to, None where it has all of that; and the files in which both are apart."""

    upstream: Upstream | None
    files: FileStates


def apart_of(project: Project, fork: Fork, registry: Registry, wanted: str = "") -> Apart:
    """Find what a fork is brought to.

    `wanted` is a number, `latest`, `KEY@3`, `KEY@latest`, or the parent's KEY for its working copy. Without it, a fork
    of a version follows the versions that are available, any other one the working copy, or versions where that is gone.

    Raises:
        XchangeError: USAGE where `wanted` is none of these; NOT_FOUND when there is no such version or working copy;
            INVALID when it is no integration; UNREADABLE when a file cannot be read; else as the registry does.

    """
    found = _wanted(project, fork, registry, wanted) if wanted else _followed(project, fork, registry)
    files = file_states(project, fork, registry, None if found is None else found.beside)
    if found is not None and (found.base.digest, found.base.version) == (
        fork.origin.digest,
        fork.origin.version,
    ):
        found = found if files.is_behind else None
    return Apart(found, files)


def _wanted(project: Project, fork: Fork, registry: Registry, wanted: str) -> Upstream:
    if wanted == fork.origin.key:
        return _working_copy(project, fork) or _refuse_working_copy(fork)
    key, mark, number = wanted.rpartition("@")
    if (mark and key != fork.origin.key) or not (number == _NEWEST or _NUMBER.fullmatch(number)):
        message = f"{wanted} is no version of {fork.origin.key}, which {fork.key} is a fork of"
        hint = f"Give a number, `latest`, or {fork.origin.key} for the working copy."
        raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    ref = VersionRef(fork.origin.key, None if number == _NEWEST else int(number))
    return _version(registry, named_version(registry, ref))


def _followed(project: Project, fork: Fork, registry: Registry) -> Upstream | None:
    if fork.origin.version is None:
        copy = _working_copy(project, fork)
        if copy is not None:
            return copy
    newest = _newest(registry, fork)
    return None if newest is None else _version(registry, newest)


def _newest(registry: Registry, fork: Fork) -> Manifest | None:
    """Give the newest version that is available and newer than what the fork was made of.

    Raises:
        XchangeError: NOT_FOUND where the parent has no version at all; else as the registry does.

    """
    key, known = fork.origin.key, fork.origin.version or 0
    named_version(registry, VersionRef(key, None))
    states = registry.states(key)
    newer = takewhile(lambda one: one.number > known, registry.versions(key))
    return next((one for one in newer if states[one.number].available), None)


def _version(registry: Registry, manifest: Manifest) -> Upstream:
    package = registry.fetch(manifest.key, manifest.number)
    data = package.file(INTEGRATION) or b""
    source = Source.decode(manifest.reference, data)
    file = opened(Target(manifest.reference, manifest.key, Path(manifest.reference)), source)
    base = ForkBase(manifest.key, digest_of(data), manifest.number)
    return Upstream(file, base, files_of_version(package), registry.states(manifest.key)[manifest.number])


def _working_copy(project: Project, fork: Fork) -> Upstream | None:
    copy = working_copies(project, fork.folder).get(fork.origin.key)
    if copy is None or copy.path is None:
        return None
    file = opened(Target(copy.name, copy.key, copy.path), Source.read(copy.path, copy.name))
    data = encode(file.source, file.source.text)
    base = ForkBase(copy.key, digest_of(data), commit=commit_with(copy.path).commit)
    return Upstream(file, base, files_of_copy(file, fork.folder))


def _refuse_working_copy(fork: Fork) -> Upstream:
    message = f"there is no integration {fork.origin.key} in this project"
    raise XchangeError(ErrorCode.NOT_FOUND, message, hint="Name a version: `--to latest` is the newest.")
