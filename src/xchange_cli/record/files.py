"""Files that only their owner may read, and what is said when the system refuses them."""

import os
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_BINARY = getattr(os, "O_BINARY", 0)
HINT = "Make room and make the folder writable for you, or run with --no-record."


def not_written(path: Path, error: OSError) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"the record of the run cannot be written: {path.as_posix()}: {error.strerror or error}",
        hint=HINT,
    )


def open_to_append(path: Path) -> int:
    """Give the descriptor of a file that is made where it is missing.

    Raises:
        OSError: the system refuses.

    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, PRIVATE_FILE)


def write_all(descriptor: int, data: bytes) -> None:
    """Write at once; only when the system takes less than all does it need another go.

    Raises:
        OSError: the system refuses; a part may have been written.

    """
    written = os.write(descriptor, data)
    while written < len(data):
        data = data[written:]
        written = os.write(descriptor, data)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that is there as a whole or not at all.

    Raises:
        XchangeError: UNREADABLE with the reason that the system gives.

    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, PRIVATE_FILE)
        try:
            write_all(descriptor, data)
        finally:
            os.close(descriptor)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise not_written(path, error) from error
