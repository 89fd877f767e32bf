"""The folder that a command works in."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError


def here() -> Path:
    """Give the working folder.

    Raises:
        XchangeError: UNREADABLE when it was deleted, or when the system does not tell.

    """
    try:
        return Path.cwd()
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"the working folder cannot be read: {error.strerror}",
            hint="Perhaps it was deleted; change to a folder that exists.",
        ) from error
