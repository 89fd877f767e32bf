"""A page of HTML as a file: a page that is there already is replaced, anything else is not."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import exists
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.source import require_file

_BEGINNING = b"<!doctype html"


def write_page(path: Path, name: str, page: str) -> None:
    """Write a page; `name` is what messages call the file.

    Raises:
        XchangeError: CONFLICT when the file holds something else than a page; UNREADABLE when it cannot be read or
            written.

    """
    write_all([FileChange(path, name, _page_before(path, name), page.encode())])


def _page_before(path: Path, name: str) -> bytes | None:
    try:
        if not exists(path):
            return None
        if path.is_dir():
            raise XchangeError(ErrorCode.UNREADABLE, f"{name} is a folder, not a file")
        require_file(name, path.stat().st_mode)
        before = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be read: {reason}") from error
    if before and before[: len(_BEGINNING)].lower() != _BEGINNING:
        raise XchangeError(
            ErrorCode.CONFLICT,
            f"{name} is there already and is no page, so it is not replaced",
            hint="Name another file.",
        )
    return before
