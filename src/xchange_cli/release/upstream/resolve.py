"""Conflicts that a merge has left, settled for one side."""

from pathlib import Path
from typing import Literal, NamedTuple, get_args

from xchange_cli.document.merge_conflicts import UPSTREAM, left_mark
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.merging.conflicts import resolve
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.project.waiting import waiting_in, waiting_name
from xchange_cli.project.writing import rewritten, write_all
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.release.forking.fork_file import fork_base_or_none
from xchange_cli.release.upstream.conflicts import OpenConflict, meant, open_conflicts
from xchange_cli.release.upstream.waiting import remove_empty_folders, settled_files
from xchange_cli.source import Source
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.result import ValidationResult

Chosen = Literal["ours", "theirs"]
CHOICES: tuple[Chosen, ...] = get_args(Chosen)


class ResolveWish(NamedTuple):
    """`name` is what `meant` takes, or a file that waits; empty for all that are left. `flow` says which flow, if any."""

    side: Chosen
    name: str = ""
    flow: str = ""


class Resolved(NamedTuple):
    """`settled` were settled for a side, in the lines that they had before; `left` still are in the file.

    `settled_files` and `left_files` are other files, by their paths in its folder; `written` were written or removed.
    `origin` is what it is a fork of, None of what is none. `result` is what validation says now, None while conflicts are left.
    """

    target: Target
    side: Chosen
    settled: tuple[OpenConflict, ...]
    left: tuple[OpenConflict, ...]
    origin: ForkBase | None = None
    result: ValidationResult | None = None
    settled_files: tuple[str, ...] = ()
    left_files: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def is_of_git(self) -> bool:
        """Whether git's own merge has left the marks."""
        return any(not one.hunk.marks.their_label.startswith(UPSTREAM) for one in self.settled)


def settle(project: Project, target: Target, folder: Path, wish: ResolveWish) -> Resolved:
    """Take one side of the conflicts that are meant, and write the files; all else in them stays. Names are for `folder`.

    Raises:
        XchangeError: NOT_FOUND when there is no such conflict, or none at all; USAGE as `meant` does; UNREADABLE when the
            system refuses.

    """
    source = target.read()
    assert target.path is not None
    place = target.path.parent
    conflicts, waiting = open_conflicts(source), waiting_in(place)
    if not conflicts and not waiting:
        raise _nothing_to_settle(source)
    files = [name for name in waiting if not wish.flow and wish.name in {"", name}]
    settled = (
        [] if files and (wish.name or not conflicts) else meant(conflicts, wish.name, wish.flow, waiting)
    )
    text = resolve(source, [one.hunk for one in settled], wish.side)
    changes = settled_files(place, files, folder, takes_theirs=wish.side == "theirs")
    changes += [rewritten(target.path, source, text)] if settled else []
    write_all(changes)
    remove_empty_folders(place, map(waiting_name, files))
    left = open_conflicts(Source(source.name, text)) if settled else conflicts
    left_files = tuple(name for name in waiting if name not in files)
    return Resolved(
        target,
        wish.side,
        tuple(settled),
        left,
        fork_base_or_none(place),
        None if left or left_files else validate_many(project, [target], folder),
        tuple(files),
        left_files,
        tuple(one.name for one in changes),
    )


def _nothing_to_settle(source: Source) -> XchangeError:
    left = left_mark(source)
    if left is None:
        return XchangeError(ErrorCode.NOT_FOUND, f"{source.name} has no conflicts")
    message = "this mark has lost the others of its conflict, so nobody can tell the sides"
    hint = "Edit the lines, and take out the marks that are left."
    return XchangeError(ErrorCode.NOT_FOUND, message, hint=hint, place=left.span.place)
