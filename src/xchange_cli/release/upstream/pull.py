"""What the parent of a fork has changed, brought into the fork: a merge of base, fork and parent, part by part.

The base moves with the merge, also where conflicts are left: those hold all three texts, and nothing more is pulled
until they are settled. So no change is lost, and none is merged twice.
"""

from typing import NamedTuple

from xchange_cli.changes.change import ChangeSet
from xchange_cli.components.catalog import Catalog
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.integration_file import opened
from xchange_cli.project.project import Project
from xchange_cli.project.writing import FileChange, rewritten, write_all
from xchange_cli.registry.registry import Registry
from xchange_cli.release.forking.fork_file import BASE_FILE, FORK_FILE, fork_json
from xchange_cli.release.upstream.conflicts import OpenConflict
from xchange_cli.release.upstream.fork import Fork, base_bytes, base_of
from xchange_cli.release.upstream.merge import changes_of, merged_fork
from xchange_cli.release.upstream.parent import Upstream, upstream_of
from xchange_cli.release.upstream.taken_back import require_committed
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.result import ValidationResult


class PullWish(NamedTuple):
    """`to` is what `upstream_of` takes. A preview writes nothing."""

    to: str = ""
    is_preview: bool = False
    allows_dirty: bool = False


class Pulled(NamedTuple):
    """What became of a fork. `upstream` is None where it had everything already.

    `changes` are those of the fork, our sides taken where there are `conflicts`. `files` were written, none by a preview;
    `in_git` tells that git has them as they were. `result` is what validation says now, None while there are conflicts.
    """

    fork: Fork
    upstream: Upstream | None
    changes: ChangeSet
    conflicts: tuple[OpenConflict, ...] = ()
    is_preview: bool = False
    files: tuple[str, ...] = ()
    in_git: bool = False
    result: ValidationResult | None = None


def pull(project: Project, fork: Fork, wish: PullWish, catalog: Catalog, registry: Registry) -> Pulled:
    """Merge, and write the fork's file, its base and where it is from: all, or none.

    Raises:
        XchangeError: CONFLICT when a merge is not finished, or files are not committed; INVALID when a file is no
            integration; what finding the parent raises; UNREADABLE when the system refuses. Nothing is written then.

    """
    ours = opened(fork.target, fork.source)
    base = base_of(fork, registry)
    upstream = upstream_of(project, fork, registry, wish.to)
    if upstream is None:
        return Pulled(fork, None, ChangeSet(fork.key, "", "", ()), is_preview=wish.is_preview)
    in_git = not wish.is_preview and require_committed(fork, allows_dirty=wish.allows_dirty)
    merged = merged_fork(fork, base, ours, upstream, catalog)
    changes = changes_of(fork, ours, upstream, merged, catalog)
    done = Pulled(fork, upstream, changes, merged.conflicts, wish.is_preview)
    if wish.is_preview:
        return done
    files = _files(fork, upstream, merged.text)
    write_all(files)
    result = None if merged.conflicts else validate_many(project, [fork.target], fork.folder)
    return done._replace(files=tuple(one.name for one in files), in_git=in_git, result=result)


def _files(fork: Fork, upstream: Upstream, text: str) -> list[FileChange]:
    """Give the changes of files, where it is from last: killed before that, the next pull finds the same again."""
    origin = fork.name(FORK_FILE)
    known = read_bytes(fork.place / FORK_FILE, origin, "file")
    return [
        rewritten(fork.path, fork.source, text),
        FileChange(fork.place / BASE_FILE, fork.name(BASE_FILE), base_bytes(fork), upstream.data),
        FileChange(fork.place / FORK_FILE, origin, known, fork_json(upstream.base)),
    ]
