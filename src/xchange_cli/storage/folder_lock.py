"""One writer at a time: the system frees the lock of a process that has ended in any way."""

import errno
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0
"""Seconds to wait for others; whoever has the lock needs it for milliseconds."""

_LONGEST_PAUSE = 0.005
_NEW_FILE = 0o666
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class LockTimeoutError(OSError):
    """Somebody else has the lock all the time."""


@contextmanager
def locked(
    path: Path,
    patience: float = PATIENCE,
    now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is missing; its folder is there.

    It keeps out threads of this process, too.

    Raises:
        LockTimeoutError: patience is over.
        OSError: the system refuses the file, or the file system has no locks.

    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _NEW_FILE)
    try:
        end = now() + patience
        while not _has_locked(descriptor):
            if now() >= end:
                raise LockTimeoutError(errno.EBUSY, "somebody else writes to it all the time")
            sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - it only keeps waiting writers apart
        try:
            yield
        finally:
            _unlock(descriptor)
    finally:
        os.close(descriptor)


def _has_locked(descriptor: int) -> bool:
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
