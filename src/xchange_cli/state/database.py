"""The file that state is kept in: a SQLite database, made when something is kept for the first time.

Several runs may use it at once: readers never wait, a writer waits for the one before it.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xchange_cli.local_folder import make_private
from xchange_cli.state.troubles import foreign, of_database, of_system, too_new

APPLICATION = 0x78636B73
"""What SQLite keeps in the head of a file to tell whose database it is."""

VERSION = 1

_TABLE = """
CREATE TABLE kept (
  integration TEXT NOT NULL, instance TEXT NOT NULL, flow TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  value TEXT NOT NULL, saved TEXT NOT NULL,
  PRIMARY KEY (integration, instance, flow, kind, key)
)
"""

Rows = list[tuple[Any, ...]]


class Database:
    """Opened when first needed. `patience` is how many seconds to wait for other writers.

    Every trouble with the file is an XchangeError.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._connection: sqlite3.Connection | None = None

    def read(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """Give rows; none where nothing was ever kept."""
        with _telling(self._path):
            if self._connection is None and not _exists(self._path):
                return []
            connection = self._open()
            return connection.execute(query, values).fetchall() if self._is_made(connection) else []

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; the file is made where there is none."""
        with _telling(self._path):
            _make(self._path)
            connection = self._open()
            _prefer_log(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not self._is_made(connection):
                    _set_up(connection)
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        return self._connection

    def _is_made(self, connection: sqlite3.Connection) -> bool:
        """Tell whether there is a table to work with, and refuse what somebody else has made."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application == APPLICATION and version > VERSION:
            raise too_new(self._path, version, VERSION)
        if application == APPLICATION:
            return True
        if application or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise foreign(self._path)
        return False


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:  # a bug of ours
        raise
    except sqlite3.Error as error:
        raise of_database(path, error) from error
    except OSError as error:
        raise of_system(path, error) from error


def _exists(path: Path) -> bool:
    """Tell whether there is a file; an empty one is none yet.

    Raises:
        OSError: when the system does not tell.

    """
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False


def _make(path: Path) -> None:
    """Make the file so that only its owner can read it, and git does not see it.

    SQLite's own side files get the same rights.
    """
    make_private(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prefer_log(connection: sqlite3.Connection) -> None:
    """Let readers work while somebody writes, where the file system can do it.

    While others use the file its mode may not be changeable; both modes are equally safe.
    """
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute(_TABLE)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
