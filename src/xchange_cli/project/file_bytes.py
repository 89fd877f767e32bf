"""Files as bytes, for those that may hold something else than text."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import is_folder
from xchange_cli.source import MAX_BYTES, require_file


def read_bytes(path: Path, name: str, what: str, *, is_named: bool = False) -> bytes:
    """Read a file; `name` is what messages show for it, `what` is what it is taken for, such as "payload".

    A pipe or a device is only read where the user named it (`is_named`), for it may never end.

    Raises:
        XchangeError: NOT_FOUND, or UNREADABLE also where it is too large.

    """
    try:
        if is_folder(path):
            raise XchangeError(ErrorCode.UNREADABLE, f"{name} is a folder, not a file")
        if not is_named:
            require_file(name, path.stat().st_mode)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise XchangeError(ErrorCode.NOT_FOUND, f"{name} does not exist", hint="Check the path.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"{name} is too large: a {what} may have {MAX_BYTES // 1_048_576} MiB",
            hint="Hosted platforms take requests of up to 6 MB.",
        )
    return data
