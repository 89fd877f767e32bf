"""What becomes of each file that a project may have."""

import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file, is_folder
from xchange_cli.project.writing import FileChange
from xchange_cli.source import Source


class Fate(StrEnum):
    """`BY_HAND`: the user has to do something, since what there is cannot be changed with certainty."""

    MADE = "made"
    EXTENDED = "extended"
    LEFT = "left"
    BY_HAND = "by-hand"


class Offer(NamedTuple):
    """A file, what becomes of it and how; `why` is a sentence for people, `text` what they are to add by hand."""

    name: str
    fate: Fate
    changes: tuple[FileChange, ...] = ()
    why: str = ""
    text: str = ""


class Ground(NamedTuple):
    """The folder of the project, and the repository's or, without one, the project's; names are relative to `here`."""

    root: Path
    top: Path
    has_git: bool
    here: Path

    def name(self, path: Path) -> str:
        return shown(path, self.here)

    @property
    def inner(self) -> str:
        """The project's folder as seen from the top of the repository, with `/`; `.` where it is that."""
        return self.root.relative_to(self.top).as_posix()


def ground_of(root: Path, here: Path) -> Ground:
    """Look for the repository around a folder that may not exist yet."""
    root = Path(os.path.normpath(here / root))
    if os.path.lexists(root) and not is_folder(root):
        name = shown(root, here)
        raise XchangeError(
            ErrorCode.UNREADABLE, f"{name} is a file, not a folder", hint="Nothing was written."
        )
    top = next((place for place in (root, *root.parents) if os.path.lexists(place / ".git")), None)
    return Ground(root, top or root, top is not None, here)


def new_file(ground: Ground, path: Path, text: str) -> Offer:
    """Offer a file that is left as it is where there is one already."""
    name = ground.name(path)
    if os.path.lexists(path):
        return Offer(name, Fate.LEFT)
    return Offer(name, Fate.MADE, (FileChange(path, name, None, text.encode()),))


def read_text(ground: Ground, path: Path) -> Source | None:
    """Read a file that there is already; None where it is no text, or no file.

    Raises:
        XchangeError: UNREADABLE when the system refuses.

    """
    data = read_bytes(ground, path)
    try:
        return None if data is None else Source.decode(ground.name(path), data)
    except XchangeError:
        return None


def read_bytes(ground: Ground, path: Path) -> bytes | None:
    """Read a file; None where there is none.

    Raises:
        XchangeError: UNREADABLE when the system refuses.

    """
    if not is_file(path):
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{ground.name(path)} cannot be read: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Nothing was written.") from error
