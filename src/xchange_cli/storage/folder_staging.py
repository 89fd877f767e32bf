"""Files on their way into a folder: written whole and safely beside it, then put into place."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xchange_cli.local_folder import FOLDER_NAME
from xchange_cli.storage.folder_patience import patiently

LEFT_BEHIND = 3600.0
"""Seconds after which a file on its way is taken for one of a killed process."""

_LOCK = "registry.lock"
_STAGED = "staged"
_NEW_FILE = 0o666
_NOT_FOR_GIT = "*\n"


class Staging:
    """`.xchange` in the folder, which git does not see; nothing is made before something is written.

    All its methods raise OSError when the system refuses.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER_NAME
        self._staged = self._folder / _STAGED

    @property
    def lock(self) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / _LOCK

    @contextmanager
    def staged(self, data: bytes) -> Iterator[Path]:
        """Give a file with this content that survives the loss of power, and take it away where it is still there."""
        self._make()
        path = self._staged / secrets.token_hex(16)
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _NEW_FILE
        )
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                written = os.fstat(file.fileno()).st_mtime
            self._clean(written)
            yield path
        finally:
            with suppress(OSError):
                path.unlink()

    def _make(self) -> None:
        ignored = self._folder / ".gitignore"
        self._staged.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(ignored):
            ignored.write_text(_NOT_FOR_GIT, encoding="utf-8", newline="\n")

    def _clean(self, now: float) -> None:
        """Take away what killed processes have left; `now` is by the clock of the file system."""
        with suppress(OSError), os.scandir(self._staged) as entries:
            for entry in entries:
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < now - LEFT_BEHIND:
                        Path(entry.path).unlink()


def put_new(staged: Path, place: Path) -> None:
    """Put a file where there is none; without links this is safe among those who have the lock.

    Raises:
        FileExistsError: there is something.

    """
    try:
        os.link(staged, place)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(place):
            raise FileExistsError from None
        put(staged, place)
    keep_entry(place.parent)


def put(staged: Path, place: Path) -> None:
    """Put a file into place, whatever is there."""
    patiently(lambda: staged.replace(place))
    keep_entry(place.parent)


def take_away(place: Path) -> None:
    """Remove a file, which need not be there."""
    patiently(lambda: place.unlink(missing_ok=True))


if sys.platform == "win32":

    def keep_entry(_folder: Path) -> None:
        """Windows keeps names by itself."""

else:

    def keep_entry(folder: Path) -> None:
        """Let the names in a folder survive the loss of power, where the file system has that."""
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
