"""Files of a parent that wait beside a fork until somebody chooses between them and the fork's own."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.writing import FileChange
from xchange_cli.release.upstream.file_states import content_of, is_beside, require_within

WAITING = "fork.upstream"
"""The folder that holds them, each by its path in the integration's folder."""


def waiting_in(place: Path) -> tuple[str, ...]:
    """Give the paths of the files that wait, in the folder of an integration."""
    folder = place / WAITING
    if folder.is_symlink():
        return ()
    names = (
        Path(parent, one).relative_to(folder).as_posix()
        for parent, _, files in os.walk(folder)
        for one in files
    )
    return tuple(sorted(name for name in names if is_beside(name) and not (folder / name).is_symlink()))


def waiting_name(name: str) -> str:
    """Give the path of what waits for a file."""
    return f"{WAITING}/{name}"


def settled_files(place: Path, names: Iterable[str], folder: Path, *, takes_theirs: bool) -> list[FileChange]:
    """Give the changes that settle files for one side; names are relative to `folder`.

    Raises:
        XchangeError: UNREADABLE when one cannot be read, or is a link that leads elsewhere.

    """
    changes: list[FileChange] = []
    for name in names:
        theirs = place / waiting_name(name)
        data = content_of(theirs, shown(theirs, folder))
        if takes_theirs:
            require_within(place, name, folder)
            path = place / name
            before = content_of(path, shown(path, folder))
            changes.append(FileChange(path, shown(path, folder), before, data))
        changes.append(FileChange(theirs, shown(theirs, folder), data, None))
    return changes


def require_none_waiting(place: Path, folder: Path) -> None:
    """Refuse to go on while files of an earlier pull wait.

    Raises:
        XchangeError: CONFLICT.

    """
    names = waiting_in(place)
    if names:
        files = ", ".join(shown(place / name, folder) for name in names)
        message = f"an earlier pull is not finished: somebody has to choose a version of {files}"
        hint = f"`xchange upstream resolve {names[0]} ours|theirs` settles it."
        raise XchangeError(ErrorCode.CONFLICT, message, hint=hint)


def remove_empty_folders(place: Path, names: Iterable[str]) -> None:
    """Remove the folders that the removed files `names` were the last of."""
    for name in names:
        for folder in (place / name).parents:
            if folder == place:
                break
            with suppress(OSError):  # it has others, and is to stay
                folder.rmdir()
