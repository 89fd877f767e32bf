"""Two states of one file as git hands them out: compared by meaning where both are integrations, else as lines."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.verdict import verdict
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import opened
from xchange_cli.project.keys import key_of
from xchange_cli.project.targets import Target
from xchange_cli.release.comparing.compared import Compared
from xchange_cli.release.git.command import look
from xchange_cli.source import Source

_NOT_ONE = frozenset({ErrorCode.INVALID, ErrorCode.UNREADABLE, ErrorCode.CONFLICT})


class FileSide(NamedTuple):
    """`path` is what git calls the file, `place` where its content is now, `mode` as git writes it."""

    path: str
    place: Path
    mode: str


class GitDifference(NamedTuple):
    """None is a side that is not there. `compared` is None where the file is not compared by meaning: then `lines` are
    those of git's own diff, from its first hunk on. `about` is what git says of a rename.
    """

    old: FileSide | None
    new: FileSide | None
    compared: Compared | None
    lines: str = ""
    about: str = ""


def git_difference(
    old: FileSide | None, new: FileSide | None, catalog: Callable[[], Catalog]
) -> GitDifference:
    """Compare two states of a file; `catalog` is asked for where both are integrations.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE when a file cannot be read, or git cannot be started.

    """
    try:
        before, after = _side(old, "a"), _side(new, "b")
    except _NoIntegrationError:
        return GitDifference(old, new, None, _lines(old, new))
    if before is None and after is None:
        return GitDifference(old, new, None)
    change_set = compare(before, after, catalog(), key_of(Path((new or old or _NOBODY).path)))
    return GitDifference(old, new, Compared(change_set, verdict(change_set)))


_NOBODY = FileSide("", Path(), "")


class _NoIntegrationError(Exception):
    """A file is not compared by meaning: it is broken, or something else."""


def _side(file: FileSide | None, letter: str) -> Side | None:
    if file is None:
        return None
    name = f"{letter}/{file.path}"
    try:
        found = opened(Target(name, "", file.place), Source.read(file.place, name))
    except XchangeError as error:
        if error.code not in _NOT_ONE:
            raise
        raise _NoIntegrationError from error
    if not {"definitionVersion", "flows"} & found.root.entries.keys():
        raise _NoIntegrationError
    return Side(name, found.integration)


def _lines(old: FileSide | None, new: FileSide | None) -> str:
    """Let git compare the lines; its head names the places that it made for this, and is left out."""
    places = [str(one.place) if one is not None else "/dev/null" for one in (old, new)]
    answer = look(
        Path.cwd(), "diff", "--no-index", "--no-ext-diff", "--no-textconv", "--no-color", "--", *places
    )
    if answer.code not in {0, 1}:
        raise XchangeError(ErrorCode.UNREADABLE, f"git cannot compare the files: {answer.reason}")
    rows = answer.output.decode(errors="replace").split("\n")
    first = next((number for number, row in enumerate(rows) if row.startswith(("@@", "Binary files"))), None)
    return "" if first is None else "\n".join(rows[first:])
