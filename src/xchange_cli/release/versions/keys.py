"""A new key to sign versions with: its private half in a file that only its owner can read."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.signatures import new_key
from xchange_cli.release.git.command import look

FILE_NAME = "signing-key.pem"
_FOR_OWNER = 0o600


class WrittenKey(NamedTuple):
    """`public` is what `trustedKeys` takes; `is_seen_by_git` warns that the private half could be committed."""

    file: str
    public: str
    is_seen_by_git: bool


def write_new_key(path: Path, name: str) -> WrittenKey:
    """Make a key pair and write its private half; `name` is what messages call the file.

    Raises:
        XchangeError: CONFLICT when there is something already: a key is never overwritten; UNREADABLE when the system
            refuses.

    """
    key = new_key()
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
    except (OSError, ValueError) as error:
        raise _refused(name, error) from error
    try:
        _write(path, key.private)
    except FileExistsError as error:
        raise XchangeError(
            ErrorCode.CONFLICT,
            f"{name} is there already, and a key is never overwritten",
            hint="Name another file with -o.",
        ) from error
    except (OSError, ValueError) as error:
        raise _refused(name, error) from error
    return WrittenKey(name, key.public, _is_seen_by_git(path))


def _write(path: Path, data: bytes) -> None:
    """Write a file that nobody else can read at any time; none is left when that fails."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _FOR_OWNER)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _is_seen_by_git(path: Path) -> bool:
    """Tell whether the file lies in a working tree and is not ignored there."""
    try:
        inside = look(path.parent, "rev-parse", "--is-inside-work-tree")
        return (
            inside.ok
            and inside.text == "true"
            and not look(path.parent, "check-ignore", "-q", "--", path.name).ok
        )
    except XchangeError:
        return False


def _refused(name: str, error: Exception) -> XchangeError:
    reason = getattr(error, "strerror", None) or str(error)
    return XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be written: {reason}")
