"""What else a version is made of than its integration: icon, documentation, attachments, as fork and parent have them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.project import Project
from xchange_cli.project.published_files import is_published
from xchange_cli.registry.package import INTEGRATION, Package
from xchange_cli.registry.registry import Registry
from xchange_cli.release.comparing.revisions import blobs_in, contents
from xchange_cli.release.comparing.sides import working_copies
from xchange_cli.release.forking.fork_file import digest_of, file_digest
from xchange_cli.release.upstream.fork import Fork
from xchange_cli.release.working_copy import names_at, names_beside
from xchange_cli.source import require_file

Files = Mapping[str, bytes]
"""Contents by their paths in an integration's folder, with `/`."""

What = Literal["added", "changed", "removed"]


class FileState(NamedTuple):
    """One file in three states, None where it is missing; `is_lost` where there was a base that nobody has any more."""

    name: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    is_lost: bool = False

    def change_to(self, now: bytes | None) -> What | None:
        """Tell what was done since the base."""
        if self.is_lost:
            return "removed" if now is None else "changed"
        if is_alike(self.base, now):
            return None
        return "added" if self.base is None else "removed" if now is None else "changed"


class FileStates(NamedTuple):
    """Those of which not all three states are the same.

    Where nobody can tell what a fork was made of, `unknown` says why; `states` is empty then, and `apart` is what fork
    and parent do not have alike. `is_ahead_only` tells that the parent has changed nothing.
    """

    states: tuple[FileState, ...] = ()
    unknown: str = ""
    apart: tuple[FileState, ...] = ()
    is_ahead_only: bool = False

    @property
    def behind(self) -> tuple[tuple[str, What], ...]:
        """What the parent has changed."""
        if self.is_ahead_only:
            return ()
        found = ((one.name, one.change_to(one.theirs)) for one in self.states)
        return tuple((name, what) for name, what in found if what is not None)

    @property
    def ahead(self) -> tuple[tuple[str, What], ...]:
        """What the fork has changed."""
        found = ((one.name, one.change_to(one.ours)) for one in self.states)
        return tuple((name, what) for name, what in found if what is not None)

    @property
    def is_behind(self) -> bool:
        """Whether the parent has changed files, or may have."""
        return bool(self.behind) or any(one.theirs is not None for one in self.apart)


def files_of_version(package: Package) -> Files:
    return {one.name: one.data for one in package.files if is_published(one.name)}


def files_of_copy(file: IntegrationFile, folder: Path) -> Files:
    """Read those of a working copy; names are relative to `folder`.

    Raises:
        XchangeError: UNREADABLE when one cannot be read, or is a link that leads elsewhere.

    """
    names = names_beside(file)
    for name in names:
        require_within(file.folder, name, folder)
    return _read(file.folder, names, folder)


def file_states(project: Project, fork: Fork, registry: Registry, theirs: Files | None) -> FileStates:
    """Compare the files beside a fork; `theirs` is None where the parent has nothing that the fork has not got.

    Raises:
        XchangeError: UNREADABLE when one of the fork cannot be read.

    """
    try:
        base = _base(project, fork, registry)
    except XchangeError as error:
        if fork.files is None:
            return FileStates() if theirs is None else _apart(fork, theirs, error.message)
        base = {}
    now = base if theirs is None else theirs
    files = {name: file_digest(data) for name, data in base.items()} if fork.files is None else fork.files
    ours = _ours(fork, {**files, **now})
    every = (_state(name, files.get(name), base, ours, now) for name in sorted({*files, *ours, *now}))
    states = tuple(one for one in every if one.change_to(one.ours) or one.change_to(one.theirs))
    return FileStates(states, is_ahead_only=theirs is None)


def _state(name: str, digest: str | None, base: Files, ours: Files, theirs: Files) -> FileState:
    """Take a file as it was from wherever it still is so: the version or commit, the fork, or its parent."""
    known = (one[name] for one in (base, ours, theirs) if name in one)
    was = next((data for data in known if file_digest(data) == digest), None)
    return FileState(name, was, ours.get(name), theirs.get(name), is_lost=was is None and digest is not None)


def _apart(fork: Fork, theirs: Files, why: str) -> FileStates:
    ours = _ours(fork, theirs)
    names = sorted({*ours, *theirs})
    every = (FileState(name, None, ours.get(name), theirs.get(name)) for name in names)
    found = tuple(one for one in every if not is_alike(one.ours, one.theirs))
    return FileStates(unknown=why, apart=found) if found else FileStates()


def is_alike(one: bytes | None, other: bytes | None) -> bool:
    """Compare contents; line ends, which git may change, make no difference to texts."""
    if one is None or other is None:
        return one is other
    if one == other:
        return True
    return b"\0" not in one and one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def content_of(path: Path, name: str) -> bytes | None:
    """Read a file, however large; None where there is none. `name` is what messages call it.

    Raises:
        XchangeError: UNREADABLE.

    """
    try:
        require_file(name, path.stat().st_mode)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message) from error


def require_within(place: Path, name: str, folder: Path) -> None:
    """Refuse a file that is a link to somewhere else, or is below one.

    Raises:
        XchangeError: UNREADABLE.

    """
    if not (place / name).resolve().is_relative_to(place.resolve()):
        message = f"{shown(place / name, folder)} is a link that leads out of the integration's folder"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Put the file itself there.")


def _base(project: Project, fork: Fork, registry: Registry) -> Files:
    """Give the parent's files as they were when the fork was made, or last brought up to date.

    Raises:
        XchangeError: where nobody can tell; the message says why.

    """
    origin = fork.origin
    if origin.version is not None:
        package = registry.fetch(origin.key, origin.version)
        if digest_of(package.file(INTEGRATION) or b"") != origin.digest:
            raise _unknown(f"{fork.base_name} is not what the fork was made of")
        return files_of_version(package)
    if not origin.commit:
        raise _unknown(f"no commit has {origin.key} as it was")
    copy = working_copies(project, fork.folder).get(origin.key)
    if copy is None or copy.path is None:
        raise _unknown(f"there is no integration {origin.key} in this project")
    blobs = {one.path: one.name for one in blobs_in(copy.path.parent, origin.commit)}
    if not blobs.keys() & set(FILE_NAMES):
        raise _unknown(f"the commit {origin.commit[:7]} has no integration {origin.key}")
    wanted = {path: blob for path, blob in blobs.items() if is_published(path)}
    found = contents(copy.path.parent, wanted.values())
    return {path: found[blob] for path, blob in wanted.items()}


def _unknown(message: str) -> XchangeError:
    return XchangeError(ErrorCode.NOT_FOUND, message)


def _ours(fork: Fork, others: Iterable[str]) -> Files:
    return _read(fork.place, dict.fromkeys((*names_at(fork.path, fork.source.name), *others)), fork.folder)


def _read(place: Path, names: Iterable[str], folder: Path) -> Files:
    read = ((name, content_of(place / name, shown(place / name, folder))) for name in names)
    return {name: data for name, data in read if data is not None}
