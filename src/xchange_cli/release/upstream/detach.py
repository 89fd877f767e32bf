"""A fork that is one no longer: nothing says any more where it is from, and its file stays as it is."""

from typing import NamedTuple

from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.project import Project
from xchange_cli.project.waiting import waiting_in, waiting_name
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import VersionRef
from xchange_cli.release.actor import actor
from xchange_cli.release.forking.fork_file import BASE_FILE, FORK_FILE
from xchange_cli.release.out_of_reach import Silence, newest_of, told
from xchange_cli.release.upstream.fork import Fork, base_bytes
from xchange_cli.release.upstream.waiting import remove_empty_folders, settled_files


class Detached(NamedTuple):
    """`files` were removed; `silence` is why the registry does not know of it."""

    fork: Fork
    files: tuple[str, ...]
    silence: Silence | None


def detach(project: Project, fork: Fork, registry: Registry) -> Detached:
    """Remove the files that say where a fork is from, and those of its parent that wait: all, or none.

    Raises:
        XchangeError: CONFLICT when one of them was changed meanwhile; UNREADABLE when the system refuses.

    """
    known = read_bytes(fork.place / FORK_FILE, fork.name(FORK_FILE), "file")
    base = base_bytes(fork)
    changes = [FileChange(fork.place / FORK_FILE, fork.name(FORK_FILE), known, None)]
    if base is not None:
        changes.append(FileChange(fork.place / BASE_FILE, fork.name(BASE_FILE), base, None))
    waiting = waiting_in(fork.place)
    changes += settled_files(fork.place, waiting, fork.folder, takes_theirs=False)
    write_all(changes)
    remove_empty_folders(fork.place, map(waiting_name, waiting))
    silence = told(lambda: _record(registry, fork, actor(project.root)))
    return Detached(fork, tuple(one.name for one in changes), silence)


def _record(registry: Registry, fork: Fork, user: str) -> None:
    """Write into the log of a parent that has one, as making the fork did."""
    origin = fork.origin
    if newest_of(registry, origin.key) is None:
        return
    details = {"fork": fork.key, "version": origin.version, "commit": origin.commit or None, "detached": True}
    subject = str(VersionRef(origin.key, origin.version))
    registry.record(Activity.new(user, "fork", subject, f"{fork.key} is no fork any more", details))
