"""Puts the folder of an integration aside, in one step, and back again."""

import os
from itertools import count
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.local import local_folder, make_local
from xchange_cli.project.project import Project
from xchange_cli.release.deleting.place import Place
from xchange_cli.release.git.command import look, top_of

_FOLDER = "deleted"


def put_aside(project: Project, place: Place) -> Path:
    """Move the folder or file into the project's local folder, and give where it is then.

    Raises:
        XchangeError: UNREADABLE when the system refuses; it is where it was then.

    """
    make_local(project)
    aside = local_folder(project) / _FOLDER
    try:
        aside.mkdir(mode=0o700, exist_ok=True)
        kept = _free(aside, place.path.name)
        place.path.rename(kept)
    except OSError as error:
        message = f"{place.name} cannot be moved to {aside.as_posix()}: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Nothing was deleted.") from error
    return kept


def put_back(place: Place, kept: Path) -> None:
    """Undo `put_aside`.

    Raises:
        XchangeError: UNREADABLE when the system refuses.

    """
    try:
        kept.rename(place.path)
    except OSError as error:
        message = f"{place.name} cannot be put back: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint=f"It is {kept.as_posix()}.") from error


def is_in_git(place: Place) -> bool:
    """Tell whether a commit has something of the folder or file, so that git can give that back."""
    parent = place.path.parent
    if top_of(parent) is None:
        return False
    answer = look(parent, "ls-tree", "--name-only", "HEAD", "--", place.path.name)
    return answer.ok and bool(answer.output)


def _free(aside: Path, name: str) -> Path:
    stem, dot, suffix = name.partition(".")
    names = (aside / (f"{stem}-{number}{dot}{suffix}" if number > 1 else name) for number in count(1))
    return next(path for path in names if not os.path.lexists(path))
