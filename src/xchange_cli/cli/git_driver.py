"""`xchange diff --git-driver`: what git calls to show how one file differs."""

import sys
from typing import TYPE_CHECKING

from xchange_cli.cli import streams
from xchange_cli.cli.catalog_for_git import catalog_for_git
from xchange_cli.cli.here import here
from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.release.comparing.git_difference import FileSide

_UNMERGED, _USUAL, _RENAMED = 1, 7, 9
"""Numbers of arguments that git gives."""

_NOWHERE = "/dev/null"


def show_for_git(arguments: tuple[str, ...]) -> None:
    """Show the difference of two files by meaning, or as lines where one of them is no integration.

    Raises:
        XchangeError: USAGE when these are not the arguments of git; UNREADABLE when a file cannot be read.

    """
    from xchange_cli.formats import git_difference_text
    from xchange_cli.release.comparing.git_difference import git_difference

    if len(arguments) == _UNMERGED:
        sys.stdout.write(f"* Unmerged path {arguments[0]}\n")
        return
    if len(arguments) not in {_USUAL, _RENAMED}:
        message = f"git gives {_USUAL} arguments, and there are {len(arguments)}"
        hint = "`xchange init --git-diff` lets git call it; `xchange diff OLD NEW` compares two files."
        raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    folder = here()
    old, new, about = _sides(arguments, folder)
    if old is None and new is None:
        return
    found = git_difference(old, new, lambda: catalog_for_git(folder))
    try:
        git_difference_text.render(found._replace(about=about), sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # who leaves the pager early must not be told by git that its driver died
        streams.silence()


def _sides(arguments: tuple[str, ...], folder: "Path") -> "tuple[FileSide | None, FileSide | None, str]":
    from xchange_cli.release.comparing.git_difference import FileSide

    path, old_file, _, old_mode, new_file, _, new_mode, *renamed = arguments
    new_path = renamed[0] if renamed else path
    old = None if old_file == _NOWHERE else FileSide(path, folder / old_file, old_mode)
    new = None if new_file == _NOWHERE else FileSide(new_path, folder / new_file, new_mode)
    return old, new, renamed[1] if renamed else ""
