"""A fork as it is on disk: its text, what it was made of, and the parent's file as it was then."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.integration_file import IntegrationFile, opened, target_of
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.looking import exists, is_file
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import VersionRef
from xchange_cli.release.forking.fork_file import BASE_FILE, FORK_FILE, digest_of, fork_base, fork_files
from xchange_cli.source import Source

_MOST_NAMED = 5


class Fork(NamedTuple):
    """`source` is its text, which may have marks of an unfinished merge; `folder` is where names are relative to.

    `files` are the digests of the parent's other files as they were, None where nobody has written them down.
    """

    target: Target
    path: Path
    source: Source
    origin: ForkBase
    folder: Path
    files: Mapping[str, str] | None = None

    @property
    def key(self) -> str:
        return self.target.key

    @property
    def place(self) -> Path:
        return self.path.parent

    @property
    def base_name(self) -> str:
        """What messages call what it was made of: `orders@3`, or the key where that was no version."""
        return str(VersionRef(self.origin.key, self.origin.version))

    def name(self, inner: str) -> str:
        """Give what messages call a file in its folder."""
        return shown(self.place / inner, self.folder)


def fork_of(target: Target, folder: Path) -> Fork:
    """Read a fork.

    Raises:
        XchangeError: NOT_FOUND when it is none; else as reading its files does.

    """
    path = target.path
    origin = fork_base(path.parent, folder) if path is not None and path.name in FILE_NAMES else None
    if path is None or origin is None:
        message = f"{target.key} is no fork: there is no {FORK_FILE} beside it"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint="`xchange list --fork` lists the forks.")
    return Fork(target, path, target.read(), origin, folder, fork_files(path.parent, folder))


def fork_targets(project: Project, argument: str | None, folder: Path) -> list[Target]:
    """Find the integration that is named or that `folder` is in; elsewhere, all forks of the project.

    Raises:
        XchangeError: NOT_FOUND where there is none; else as `target_of` does.

    """
    if argument is not None or is_inside(project, folder):
        return [target_of(project, argument, folder)]
    files = [file for file in project.integration_files() if exists(file.parent / FORK_FILE)]
    if not files:
        message = "there is no fork in this project"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint="`xchange fork KEY NEWKEY` makes one.")
    return [Target(shown(file, folder), key_of(file), file) for file in files]


def fork_target(project: Project, argument: str | None, folder: Path) -> Target:
    """Find the one that is meant, in a project with one fork that one.

    Raises:
        XchangeError: USAGE where there are several; else as `fork_targets` does.

    """
    found = fork_targets(project, argument, folder)
    return one_of(found, f"one fork is meant, and there are {len(found):,}")


def one_of(found: Sequence[Target], message: str) -> Target:
    """Give the only one; `message` is what is wrong where there are several.

    Raises:
        XchangeError: USAGE.

    """
    if len(found) == 1:
        return found[0]
    keys = ", ".join(one.key for one in found[:_MOST_NAMED]) + (" …" if len(found) > _MOST_NAMED else "")
    raise XchangeError(ErrorCode.USAGE, f"{message}: {keys}", hint="Name one.")


def base_of(fork: Fork, registry: Registry) -> IntegrationFile:
    """Open the parent's file as it was: the one beside the fork, else the version that it is of.

    Raises:
        XchangeError: INVALID when neither is what `fork.json` says; else as the registry does.

    """
    data = base_bytes(fork)
    if data is None or digest_of(data) != fork.origin.digest:
        data = _published(fork, registry)
    target = Target(fork.name(BASE_FILE), fork.origin.key, fork.place / BASE_FILE)
    return opened(target, Source.decode(target.name, data))


def base_bytes(fork: Fork) -> bytes | None:
    """Read the file of the parent beside the fork; None where it is missing.

    Raises:
        XchangeError: UNREADABLE when the system refuses.

    """
    path = fork.place / BASE_FILE
    return read_bytes(path, fork.name(BASE_FILE), "file") if is_file(path) else None


def is_inside(project: Project, folder: Path) -> bool:
    """Tell whether a folder is that of an integration, or below it."""
    places = (place for place in (folder, *folder.parents) if place.is_relative_to(project.root))
    return any(is_file(place / name) for place in places for name in FILE_NAMES)


def _published(fork: Fork, registry: Registry) -> bytes:
    """Take the version instead: line ends that git has changed, or a pull that was killed, do no harm then."""
    if fork.origin.version is not None:
        data = registry.fetch(fork.origin.key, fork.origin.version).file(INTEGRATION) or b""
        if digest_of(data) == fork.origin.digest:
            return data
    message = f"{fork.name(BASE_FILE)} is not what {FORK_FILE} says: its digest is another one"
    raise XchangeError(ErrorCode.INVALID, message, hint="Restore both files, such as by git.")
