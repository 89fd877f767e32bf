"""One run by what people call it, or by what led to it."""

import json
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import is_folder
from xchange_cli.record.folder import is_run_id, run_ids
from xchange_cli.record.names import BROKEN, START
from xchange_cli.record.record import Record

LAST = "last"
MOST_NAMED = 5


def existing_record(runs: Path, run_id: str) -> Record | None:
    """Give the record of a run, or None where there is none."""
    return Record(runs / run_id) if is_run_id(run_id) and is_folder(runs / run_id) else None


class LedTo(NamedTuple):
    """A run that another one, `parent`, has led to; `cause` says why."""

    run_id: str
    parent: str
    cause: str
    flow: str


def led_to(runs: Path, first: str) -> list[LedTo]:
    """Give the runs since the run `first` that others led to, the oldest first; damaged records tell nothing."""
    found = (_led_to(runs / run_id) for run_id in run_ids(runs) if run_id > first)
    return [one for one in found if one is not None and one.parent]


def _led_to(folder: Path) -> LedTo | None:
    try:
        data = json.loads((folder / START).read_bytes())
        return LedTo(folder.name, data["cause"]["parent"], data["cause"]["kind"], data["flow"])
    except (*BROKEN, OSError):
        return None


def find_record(runs: Path, name: str) -> Record:
    """Find a run by its id, or by a beginning or an end of it that no other has; `last` is the newest.

    A run that another one led to is not the last one.

    Raises:
        XchangeError: NOT_FOUND where there is none, USAGE where there are several.

    """
    known = run_ids(runs)
    if name == LAST:
        return _last(runs, known)
    wanted = name.upper()
    found = [one for one in known if one.startswith(wanted)] or [one for one in known if one.endswith(wanted)]
    if not found or not wanted:
        raise _none(f"there is no run {name!r}")
    if len(found) > 1:
        newest = ", ".join(list(reversed(found))[:MOST_NAMED])
        more = ", …" if len(found) > MOST_NAMED else "."
        raise XchangeError(
            ErrorCode.USAGE,
            f"{len(found)} runs begin or end with {name!r}",
            hint=f"Choose one: {newest}{more}",
        )
    return Record(runs / found[0])


def _last(runs: Path, known: list[str]) -> Record:
    for run_id in reversed(known):
        record = Record(runs / run_id)
        try:
            is_child = record.start().parent in known
        except XchangeError:
            is_child = False
        if not is_child:
            return record
    raise _none("there is no run yet")


def _none(message: str) -> XchangeError:
    return XchangeError(ErrorCode.NOT_FOUND, message, hint="`xchange runs` lists them.")
