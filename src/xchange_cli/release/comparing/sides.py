"""What the arguments of a comparison mean: a path, `-`, a key, `KEY@3`, `REV:PATH`, a revision, a project's folder."""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.inside import integrations_in
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.looking import exists, is_file, is_folder
from xchange_cli.project.project import FILE_NAME, INTEGRATIONS_FOLDER, Project
from xchange_cli.project.targets import STDIN, resolve
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.version_ref import VersionRef
from xchange_cli.release.comparing.copies import Copy, Whole, by_key, file_copy
from xchange_cli.release.comparing.revisions import commit_of, file_at, whole_at

if TYPE_CHECKING:
    from xchange_cli.registry.registry import Registry

_VERSION = re.compile(r"(.+)@(latest|[1-9][0-9]{0,5})", re.DOTALL)
_NO_VERSION = re.compile(r"([^:]+)@([0-9]+)")
_REVISION = re.compile(r"^HEAD\b|[~^]|@\{")
_RANGE = re.compile(r"(?<![./])\.{2,3}(?![./])")
_NO_REVISION = "`git log --oneline` lists what this clone has. If it was cloned without its history, fetch it (fetch-depth: 0)."


class Ground(NamedTuple):
    """Where a comparison is made; names are relative to `folder`. What can be called is asked when it is needed.

    `working` gives the integrations of the project on disk.
    """

    project: Project
    folder: Path
    registry: "Callable[[], Registry]"
    stdin: Callable[[], bytes]
    working: Callable[[], Mapping[str, Copy]]

    @classmethod
    def of(
        cls, project: Project, folder: Path, registry: "Callable[[], Registry]", stdin: Callable[[], bytes]
    ) -> "Ground":
        """Look for the integrations once, when they are needed first."""
        return cls(project, folder, registry, stdin, cache(lambda: working_copies(project, folder)))


def side_of(ground: Ground, argument: str) -> Copy | Whole:
    """Find what an argument names. A path wins over a version, that over a key, and a key over a revision.

    Raises:
        XchangeError: NOT_FOUND where it is nothing of these; else as git and the registry do.

    """
    if argument == STDIN:
        return Copy("", "<stdin>", load=ground.stdin)
    path = ground.folder / argument
    if exists(path):
        return _on_disk(ground, path)
    version = _VERSION.fullmatch(argument)
    if version is not None:
        from xchange_cli.release.versions.addressing import named_version

        registry = ground.registry()
        number = None if version[2] == "latest" else int(version[2])
        manifest = named_version(registry, VersionRef(version[1], number))
        return version_copy(registry, manifest.key, manifest.number)
    found = of_key(ground, argument) or _of_revision(ground, argument)
    if found is None:
        raise _unknown(ground, argument)
    return found


def of_key(ground: Ground, key: str) -> Copy | None:
    """Give the working copy of an integration of the project."""
    return ground.working().get(key)


def working_copies(project: Project, folder: Path) -> dict[str, Copy]:
    """Give the integrations of a project on disk; names are relative to `folder`."""
    files = list(project.integration_files()) or integrations_in(project.root, only_here=True)
    inner = ((file, _inner(file, project.root)) for file in files)
    is_here = folder == project.root
    return by_key(
        file_copy(file, name if is_here else shown(file, folder), inner=name) for file, name in inner
    )


def _inner(file: Path, root: Path) -> str:
    name, top = (
        str(file),
        f"{root}{os.sep}",
    )  # thousands of times: pathlib takes longer than the search for the files
    return name.removeprefix(top).replace(os.sep, "/") if name.startswith(top) else shown(file, root)


def version_copy(registry: "Registry", key: str, number: int) -> Copy:
    def load() -> bytes:
        return registry.fetch(key, number).file(INTEGRATION) or b""

    return Copy(key, str(VersionRef(key, number)), load=load)


def _on_disk(ground: Ground, path: Path) -> Copy | Whole:
    name = shown(path, ground.folder)
    if not is_folder(path):
        return file_copy(path, name, is_named=True)
    own = next((path / one for one in FILE_NAMES if is_file(path / one)), None)
    if own is not None:
        return file_copy(own, shown(own, ground.folder))
    if is_file(path / FILE_NAME) or is_folder(path / INTEGRATIONS_FOLDER):
        project = Project.find(path, ground.folder)
        return Whole(name, project.root, working_copies(project, ground.folder))
    files = [
        file_copy(file, shown(file, ground.folder), inner=shown(file, path)) for file in integrations_in(path)
    ]
    if not files:
        message = f"{name} has no integration: no {FILE_NAMES[0]} in it or below it"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint="Check the path.")
    return files[0] if len(files) == 1 else Whole(name, path, by_key(files))


def _of_revision(ground: Ground, argument: str) -> Copy | Whole | None:
    """Find `REV:PATH`, where PATH may be a key, or a revision."""
    revision, colon, inner = argument.partition(":")
    commit = commit_of(revision, ground.folder)
    if not commit:
        return None
    if not colon:
        if commit_of(revision, ground.project.root) != commit:
            message = f"the project is not in the repository that has {revision}"
            raise XchangeError(ErrorCode.NOT_FOUND, message)
        return whole_at(ground.project, commit, revision)
    found = file_at(revision, commit, inner, ground.folder) or _key_at(ground, revision, commit, inner)
    if found is None:
        message = f"{revision} has no file {inner or '/'}, and no integration with this key"
        raise XchangeError(
            ErrorCode.NOT_FOUND, message, hint=f"`git ls-tree -r {revision}` lists what it has."
        )
    return found


def _key_at(ground: Ground, revision: str, commit: str, key: str) -> Copy | None:
    if commit_of(revision, ground.project.root) != commit:
        return None
    return whole_at(ground.project, commit, revision).copies.get(key)


def _unknown(ground: Ground, argument: str) -> XchangeError:
    """Say what was looked for, with the nearest path, key or revision."""
    version = _NO_VERSION.fullmatch(argument)
    if version is not None and of_key(ground, version[1]) is not None:
        message = f"{argument} is no version: versions count from 1"
        hint = f"`xchange versions {version[1]}` lists them; {version[1]}@latest is the newest."
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=hint)
    revision = argument.partition(":")[0]
    if _RANGE.search(revision):
        first, second = _RANGE.split(revision, maxsplit=1)
        both = f"`xchange diff {first or 'HEAD'} {second or 'HEAD'}`"
        message = f"{argument} is a range of revisions, and each side is one"
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=f"Name both: {both}.")
    remote = next(
        (one for one in ("origin", "upstream") if commit_of(f"{one}/{revision}", ground.folder)), ""
    )
    if revision and remote:
        message = f"{revision} is no branch of this clone"
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=f"Did you mean `{remote}/{argument}`?")
    if _REVISION.search(revision):
        message = f"git knows no revision {revision}"
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=_NO_REVISION)
    hint = ""
    try:
        resolve(ground.project, [argument], ground.folder)
    except XchangeError as error:
        hint = error.hint
    message = f"{argument} is no file, no key of an integration, no version and no git revision"
    return XchangeError(ErrorCode.NOT_FOUND, message, hint=hint)
