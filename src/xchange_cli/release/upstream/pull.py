"""What the parent of a fork has changed, brought into the fork: a merge of base, fork and parent, part by part.

Icon, documentation and attachments are merged file by file. The base moves with the merge, also where conflicts are left:
those hold all versions, and nothing more is pulled until they are settled. So no change is lost, and none is merged twice.
"""

from typing import NamedTuple

from xchange_cli.changes.change import ChangeSet
from xchange_cli.components.catalog import Catalog
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.integration_file import opened
from xchange_cli.project.project import Project
from xchange_cli.project.waiting import require_none_waiting, waiting_name
from xchange_cli.project.writing import FileChange, rewritten, write_all
from xchange_cli.registry.registry import Registry
from xchange_cli.release.forking.fork_file import BASE_FILE, FORK_FILE, fork_json
from xchange_cli.release.upstream.conflicts import OpenConflict
from xchange_cli.release.upstream.file_merge import FileOutcome, merged_files
from xchange_cli.release.upstream.file_states import FileStates, require_within
from xchange_cli.release.upstream.fork import Fork, base_bytes, base_of
from xchange_cli.release.upstream.merge import changes_of, merged_fork
from xchange_cli.release.upstream.parent import Upstream, apart_of
from xchange_cli.release.upstream.taken_back import require_committed
from xchange_cli.release.upstream.waiting import remove_empty_folders, require_no_link
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.result import ValidationResult


class PullWish(NamedTuple):
    """`to` is what `apart_of` takes. A preview writes nothing."""

    to: str = ""
    is_preview: bool = False
    allows_dirty: bool = False


class Pulled(NamedTuple):
    """What became of a fork. `upstream` is None where it had everything already.

    `changes` are those of the fork, our sides taken where there are `conflicts`. `beside` are the other files that it
    gets; `apart` tells of those that nobody could merge. `files` were written or removed, none by a preview; `made` are
    those of them that were not there. `in_git` tells that git has the others as they were. `result` is what validation
    says now, None while there are conflicts.
    """

    fork: Fork
    upstream: Upstream | None
    changes: ChangeSet
    conflicts: tuple[OpenConflict, ...] = ()
    is_preview: bool = False
    files: tuple[str, ...] = ()
    in_git: bool = False
    result: ValidationResult | None = None
    beside: tuple[FileOutcome, ...] = ()
    apart: FileStates = FileStates()
    made: tuple[str, ...] = ()

    @property
    def waiting(self) -> tuple[str, ...]:
        """The paths of the files of which somebody has to choose a version."""
        return tuple(one.name for one in self.beside if one.did == "conflict")


def pull(project: Project, fork: Fork, wish: PullWish, catalog: Catalog, registry: Registry) -> Pulled:
    """Merge, and write the fork's file, those beside it, its base and where it is from: all, or none.

    Raises:
        XchangeError: CONFLICT when a merge is not finished, or files are not committed; INVALID when a file is no
            integration; what finding the parent raises; UNREADABLE when the system refuses. Nothing is written then.

    """
    ours = opened(fork.target, fork.source)
    require_none_waiting(fork.place, fork.folder, fork.key)
    base = base_of(fork, registry)
    upstream, found = apart_of(project, fork, registry, wish.to)
    if upstream is None:
        return Pulled(fork, None, ChangeSet(fork.key, "", "", ()), is_preview=wish.is_preview, apart=found)
    merged = merged_fork(fork, base, ours, upstream, catalog)
    changes = changes_of(fork, ours, upstream, merged, catalog)
    beside = merged_files(found)
    done = Pulled(fork, upstream, changes, merged.conflicts, wish.is_preview, beside=beside, apart=found)
    return done if wish.is_preview else _written(project, done, upstream, merged.text, wish)


def _written(project: Project, done: Pulled, upstream: Upstream, text: str, wish: PullWish) -> Pulled:
    fork, beside = done.fork, _beside(done)
    files = [*beside, *_files(fork, upstream, text)]
    there = [one.path.relative_to(fork.place).as_posix() for one in files if one.before is not None]
    in_git = require_committed(fork, there, allows_dirty=wish.allows_dirty)
    write_all(files)
    remove_empty_folders(fork.place, [one.name for one in done.beside if one.after is None])
    result = None if done.conflicts or done.waiting else validate_many(project, [fork.target], fork.folder)
    made = tuple(one.name for one in files if one.before is None)
    return done._replace(files=tuple(one.name for one in files), made=made, in_git=in_git, result=result)


def _beside(done: Pulled) -> list[FileChange]:
    """Give the changes of the other files, with what waits of them."""
    fork, changes = done.fork, []
    for one in done.beside:
        if one.after != one.before:
            require_within(fork.place, one.name, fork.folder)
            changes.append(FileChange(fork.place / one.name, fork.name(one.name), one.before, one.after))
        if one.waiting is not None:
            name = waiting_name(one.name)
            require_no_link(fork.place, name, fork.folder)
            changes.append(FileChange(fork.place / name, fork.name(name), None, one.waiting))
    return changes


def _files(fork: Fork, upstream: Upstream, text: str) -> list[FileChange]:
    """Give the changes of files, where it is from last: killed before that, the next pull finds the same again."""
    origin = fork.name(FORK_FILE)
    known = read_bytes(fork.place / FORK_FILE, origin, "file")
    return [
        rewritten(fork.path, fork.source, text),
        FileChange(fork.place / BASE_FILE, fork.name(BASE_FILE), base_bytes(fork), upstream.data),
        FileChange(fork.place / FORK_FILE, origin, known, fork_json(upstream.base, upstream.beside)),
    ]
