"""Whether a file is certainly the one that was read before, told without reading it."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SAFE_NS = 2_000_000_000
"""A change may share its time with one that came so much later: no file system counts time in larger steps."""


class FileStamp(NamedTuple):
    """What the system tells of a file: size, times of the last change of its content and of anything, and its number.

    Nobody can set `changed_ns`. So a file whose stamp is the same has not been written to, provided that the time in it
    was past for good when the file was read.
    """

    size: int
    modified_ns: int
    changed_ns: int
    number: int
    device: int

    @classmethod
    def of(cls, path: Path | str) -> "FileStamp | None":
        """Look at a file; None where there is none, or the system refuses."""
        try:
            status = os.stat(path)  # noqa: PTH116 - thousands of times
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


class Moment(NamedTuple):
    """A time by the clock of a file system. A stamp that was taken after it, and is `safe`, tells later changes."""

    device: int
    now_ns: int

    def is_safe(self, stamp: FileStamp) -> bool:
        return stamp.device == self.device and stamp.changed_ns + SAFE_NS < self.now_ns


def moment(folder: Path) -> Moment | None:
    """Ask the file system of a folder for the time, by a file that is made there for it.

    None where nothing can be written, and where stamps tell too little: on Windows, and on file systems that only have
    the time that anybody can set.
    """
    if sys.platform == "win32":
        return None
    path = folder / f"clock-{os.getpid()}"
    try:
        path.write_bytes(b"")
        made = FileStamp.of(path)
        os.utime(path, (0, 0))
        changed = FileStamp.of(path)
    except OSError:
        return None
    finally:
        with suppress(OSError):
            path.unlink()
    if made is None or changed is None or changed.changed_ns < made.changed_ns:
        return None
    return Moment(made.device, made.changed_ns)
