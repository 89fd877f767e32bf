"""Tells whether somebody writes to a record: the system frees the lock of a process that has ended in any way."""

import errno
import os
import sys
import time
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.record.files import PRIVATE_FILE, not_written
from xchange_cli.record.names import LOCK

TRIES = 5
PAUSE = 0.02
"""Whoever only asks holds the lock for a moment, too."""

_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class RecordLock:
    """Where the file system has no locks, everybody gets one."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path, tries: int = TRIES) -> "RecordLock | None":
        """Give the lock, or None when somebody else has it.

        Raises:
            OSError: the system refuses the file.

        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        for number in range(tries):
            if number:
                time.sleep(PAUSE)
            if _locked(descriptor):
                return cls(descriptor)
        os.close(descriptor)
        return None

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def hold(folder: Path) -> RecordLock:
    """Take the lock of a record.

    Raises:
        XchangeError: UNREADABLE while somebody else has it, or when the system refuses.

    """
    try:
        lock = RecordLock.take(folder / LOCK)
    except OSError as error:
        raise not_written(folder, error) from error
    if lock is None:
        raise in_use(folder.name)
    return lock


def is_held(path: Path) -> bool:
    """Tell whether somebody has the lock; what cannot be asked is not held."""
    if not path.exists():
        return False
    try:
        lock = RecordLock.take(path, tries=1)
    except OSError:
        return False
    if lock is not None:
        lock.release()
    return lock is None


def in_use(run_id: str) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"the run {run_id} is running",
        hint="Wait until it has ended, or end it.",
        retryable=True,
    )


def _locked(descriptor: int) -> bool:
    try:
        _lock(descriptor)
    except OSError as error:
        return error.errno not in _HELD
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
