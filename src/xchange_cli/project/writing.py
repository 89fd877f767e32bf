"""Several files changed as one: all of them, or none."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from xchange_cli.document.edit import encode
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source

_NEW_FILE = 0o666


class FileChange(NamedTuple):
    """What a file is to hold: `after`, or None where it is to go.

    `before` is what was read of it, None where there must be no file yet. `name` is what messages call it.
    """

    path: Path
    name: str
    before: bytes | None
    after: bytes | None


def rewritten(path: Path, source: Source, text: str) -> FileChange:
    """Give the change of a file from what was read of it to `text`, in its own encoding.

    Raises:
        UnicodeEncodeError: the text has half of a surrogate pair.

    """
    return FileChange(path, source.name, encode(source, source.text), encode(source, text))


def write_all(changes: Sequence[FileChange]) -> None:
    """Make all changes, or none where one of them cannot be made; folders that are missing are made.

    Everything is written beside its place first and then put into place, so no reader ever sees half a file.

    Raises:
        XchangeError: CONFLICT when a file is no longer what was read, or one that was to be made is there already;
            UNREADABLE when the system refuses. All files are as they were then.

    """
    journal = _Journal()
    try:
        for change in changes:
            _require_as_read(change)
        staged = [journal.stage(change) for change in changes]
        for change, beside in zip(changes, staged, strict=True):
            journal.put(change, beside)
    except BaseException:
        journal.take_back()
        raise
    finally:
        journal.clean()


def _require_as_read(change: FileChange) -> None:
    try:
        now = change.path.read_bytes()
    except FileNotFoundError:
        now = None
    except OSError as error:
        raise _refused(change, error) from error
    if now == change.before:
        return
    if change.before is None:
        raise _is_there(change)
    raise XchangeError(
        ErrorCode.CONFLICT,
        f"{change.name} was changed by somebody else meanwhile, so nothing is changed",
        hint="Run the command again.",
    )


class _Journal:
    """What was done so far, so that it can be taken back."""

    def __init__(self) -> None:
        self._beside: list[Path] = []
        self._folders: list[Path] = []
        self._done: list[FileChange] = []

    def stage(self, change: FileChange) -> Path | None:
        """Write the new content beside its place; a link goes on leading to its file."""
        if change.after is None:
            return None
        target = Path(os.path.realpath(change.path))
        try:
            self._make_folders(target.parent)
            descriptor, name = tempfile.mkstemp(prefix=".xchange-", dir=target.parent)
            beside = Path(name)
            self._beside.append(beside)
            with os.fdopen(descriptor, "wb") as file:
                file.write(change.after)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(_mode_of(target))
        except OSError as error:
            raise _refused(change, error) from error
        return beside

    def put(self, change: FileChange, beside: Path | None) -> None:
        target = Path(os.path.realpath(change.path))
        try:
            if beside is None:
                target.unlink()
            elif change.before is None:
                _put_new(beside, target)
            else:
                beside.replace(target)
        except FileExistsError as error:
            raise _is_there(change) from error
        except OSError as error:
            raise _refused(change, error) from error
        self._done.append(change)

    def take_back(self) -> None:
        for change in reversed(self._done):
            target = Path(os.path.realpath(change.path))
            with suppress(OSError):
                if change.before is None:
                    target.unlink()
                else:
                    target.write_bytes(change.before)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def clean(self) -> None:
        for beside in self._beside:
            with suppress(OSError):
                beside.unlink()

    def _make_folders(self, folder: Path) -> None:
        for missing in reversed(list(_missing(folder))):
            with suppress(FileExistsError):
                missing.mkdir()
                self._folders.append(missing)


def _missing(folder: Path) -> Iterator[Path]:
    for place in (folder, *folder.parents):
        if place.exists():
            return
        yield place


def _mode_of(target: Path) -> int:
    """Give the mode of the file that is there, else the one that the user's mask gives a new file."""
    try:
        status = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return _NEW_FILE & ~mask
    with target.open("r+b"):  # a file that is write-protected stays
        return status.st_mode & 0o7777


def _put_new(beside: Path, target: Path) -> None:
    """Put a file where there is none; on systems without links the look before is all there is."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError from None
        beside.replace(target)


def _is_there(change: FileChange) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"{change.name} is there already, so nothing is written",
        hint="Nothing was changed.",
    )


def _refused(change: FileChange, error: OSError) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"{change.name} cannot be written: {error.strerror or error}",
        hint="Nothing was changed.",
    )
