"""What can be wrong with the state database, in words."""

import sqlite3
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError

_RESULT = 0xFF
"""The lower byte of SQLite's codes; the rest tells details."""

_MOVE_AWAY = "Move the file away; the next run that keeps something makes a new one."
_RIGHTS = "Make the file and its folder writable for you."
_ROOM = "Make room on the disk; nothing was changed."

_WORDS = {
    sqlite3.SQLITE_READONLY: ("cannot be written: it is read-only", _RIGHTS),
    sqlite3.SQLITE_PERM: ("cannot be used: the system does not allow it", _RIGHTS),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", _RIGHTS),
    sqlite3.SQLITE_FULL: ("cannot be written: the disk is full", _ROOM),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk is full or fails", _ROOM),
    sqlite3.SQLITE_NOTADB: ("is not a database", _MOVE_AWAY),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _MOVE_AWAY),
}


def of_database(path: Path, error: sqlite3.Error) -> XchangeError:
    """Say what SQLite complains about; it has no code for text that is no UTF-8."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _RESULT
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return _trouble(
            path,
            "is locked: another program has been writing to it for too long",
            "Try again when it has ended; nothing was changed.",
            retryable=True,
        )
    what, hint = _WORDS.get(code, (f"cannot be used: {error}", _MOVE_AWAY))
    return _trouble(path, what, hint)


def of_system(path: Path, error: OSError) -> XchangeError:
    where = "" if error.filename in {None, str(path)} else f"{error.filename}: "
    return _trouble(path, f"cannot be used: {where}{error.strerror}", _RIGHTS)


def damaged(path: Path) -> XchangeError:
    return _trouble(path, "is damaged", _MOVE_AWAY)


def foreign(path: Path) -> XchangeError:
    return _trouble(path, "is the database of another program", _MOVE_AWAY)


def too_new(path: Path, version: int, known: int) -> XchangeError:
    return _trouble(
        path,
        f"was written by a newer xchange: it has version {version}, this xchange knows {known}",
        "Use that xchange, or move the file away.",
    )


def _trouble(path: Path, what: str, hint: str, *, retryable: bool = False) -> XchangeError:
    message = f"the state database {path.as_posix()} {what}"
    return XchangeError(ErrorCode.UNREADABLE, message, hint=hint, retryable=retryable)
