"""Files of any kind, read only up to a limit."""

import os
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import is_folder
from xchange_cli.source import require_file

MEGABYTE = 1_000_000


class LimitedFile(NamedTuple):
    """`data` is None where the file is larger than the limit; `size` is what it has, in bytes."""

    data: bytes | None
    size: int


def read_limited(path: Path, name: str, limit: int) -> LimitedFile:
    """Read a file of at most `limit` bytes; of a larger one nothing is read but its size.

    Raises:
        XchangeError: NOT_FOUND, or UNREADABLE also for a folder, a pipe or a device.

    """
    try:
        if is_folder(path):
            raise XchangeError(ErrorCode.UNREADABLE, f"{name} is a folder, not a file")
        require_file(name, path.stat().st_mode)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                return LimitedFile(None, size)
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise XchangeError(ErrorCode.NOT_FOUND, f"{name} does not exist", hint="Check the path.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be read: {reason}") from error
    return LimitedFile(data if len(data) <= limit else None, len(data))


def size_words(size: int) -> str:
    """Say `20 MB`, or the bytes where that would not be exact."""
    whole, rest = divmod(size, MEGABYTE)
    return f"{whole:,} MB" if whole and not rest else f"{size:,} bytes"
