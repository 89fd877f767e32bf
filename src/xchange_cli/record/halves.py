"""Folders beside the records that are no record yet, or none any more."""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from xchange_cli.project.looking import is_folder, names_in
from xchange_cli.record.folder import is_run_id

LONGEST_BEGINNING = timedelta(hours=1)
"""Within which whoever begins a record is done with it, or dead."""

_REMOVED = "removed"


def beginning(runs: Path, run_id: str) -> Path:
    """Name the folder in which this process begins a record."""
    return runs / f".{run_id}.{os.getpid()}"


def doomed(record: Path) -> Path:
    """Name the folder that a record becomes while it is removed."""
    return record.with_name(f".{record.name}.{_REMOVED}")


def discard(folder: Path) -> None:
    """Remove a folder, if it is there; somebody else may be doing so, too.

    Raises:
        OSError: the system refuses.

    """
    while is_folder(folder):
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


def left_behind(runs: Path, now: datetime) -> list[Path]:
    """Give the folders of processes that were killed while they began a record, or removed one."""
    return [runs / name for name in names_in(runs) if _is_left_behind(runs / name, now)]


def _is_left_behind(folder: Path, now: datetime) -> bool:
    before, _, rest = folder.name.partition(".")
    run_id, _, end = rest.partition(".")
    if before or not is_run_id(run_id):
        return False
    return end == _REMOVED or (end.isdecimal() and _is_old(folder, now))


def _is_old(folder: Path, now: datetime) -> bool:
    try:
        changed = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    except FileNotFoundError:  # it has become a record
        return False
    return now - changed > LONGEST_BEGINNING
