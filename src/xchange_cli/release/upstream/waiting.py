"""Files of a parent that wait beside a fork, settled."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.waiting import waiting_name
from xchange_cli.project.writing import FileChange
from xchange_cli.release.upstream.file_states import content_of, require_within


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


def require_no_link(place: Path, name: str, folder: Path) -> None:
    """Refuse a place for a file that waits where it would be written elsewhere, and never be found again.

    Raises:
        XchangeError: UNREADABLE.

    """
    inner = PurePosixPath(name)
    for one in (inner, *inner.parents):
        if (place / one).is_symlink() and one.parts:
            message = f"{shown(place / one, folder)} is a link, so no file can wait there"
            raise XchangeError(ErrorCode.UNREADABLE, message, hint="Remove the link. Nothing was changed.")


def remove_empty_folders(place: Path, names: Iterable[str]) -> None:
    """Remove the folders that the removed files `names` were the last of."""
    for name in names:
        for folder in (place / name).parents:
            if folder == place:
                break
            with suppress(OSError):  # it has others, and is to stay
                folder.rmdir()
