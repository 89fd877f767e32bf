"""An exported version as a file: nothing else is replaced unless that is asked for."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import exists
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.source import require_file


def write_exported(path: Path, name: str, data: bytes, *, replaces: bool) -> None:
    """Write the bytes; `name` is what messages call the file. One that has them already is left alone.

    Raises:
        XchangeError: CONFLICT when the file is there with another content and may not be replaced; UNREADABLE when it
            cannot be read or written.

    """
    before = _before(path, name)
    if before == data:
        return
    if before is not None and not replaces:
        raise XchangeError(
            ErrorCode.CONFLICT,
            f"{name} is there already with another content, so it is not replaced",
            hint="Name another file, or add --force.",
        )
    write_all([FileChange(path, name, before, data)])


def _before(path: Path, name: str) -> bytes | None:
    try:
        if not exists(path):
            return None
        if path.is_dir():
            raise XchangeError(ErrorCode.UNREADABLE, f"{name} is a folder, not a file")
        require_file(name, path.stat().st_mode)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be read: {reason}") from error
