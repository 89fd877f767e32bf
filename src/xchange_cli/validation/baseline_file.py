"""The file of a baseline: JSON with one finding a line, in an order that does not change."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import exists
from xchange_cli.source import Source
from xchange_cli.validation.baseline import Baseline, Known
from xchange_cli.validation.own_specs import own_findings

SCHEMA = "xchange.baseline/1"


def read_baseline(path: Path, folder: Path, named_at: Place | None = None) -> Baseline:
    """Read a baseline; names in findings are relative to `folder`. `named_at` is where a file names it.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE; where it is no baseline, UNREADABLE with the place of what is wrong first.

    """
    name = shown(path, folder)
    if not exists(path):
        hint = f"`xchange validate --write-baseline {name}` makes it."
        message = f"the baseline {name} does not exist"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=hint, place=named_at)
    document = parse(Source.read(path, name, is_named=named_at is None))
    for found in own_findings(document, "baseline"):
        message = f"this is no baseline: {found.message}"
        hint = "`--write-baseline` writes such a file; to begin anew, delete this one."
        raise XchangeError(ErrorCode.UNREADABLE, message, hint=hint, place=found.span.place)
    return Baseline(path, folder, tuple(_known(entry) for entry in document.data["findings"]))


def read_or_begin(path: Path, folder: Path) -> Baseline:
    """Read the baseline that is to be renewed; one that is not there is empty.

    Raises:
        XchangeError: as `read_baseline` does.

    """
    return read_baseline(path, folder) if exists(path) else Baseline(path, folder)


def write_baseline(baseline: Baseline) -> None:
    """Write the file as a whole or not at all; a link goes on leading to it, and its mode stays.

    Raises:
        XchangeError: UNREADABLE with the reason that the system gives.

    """
    path = Path(os.path.realpath(baseline.path))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        mode = _mode(path)
        unfinished.write_text(baseline_text(baseline), encoding="utf-8", errors="replace", newline="\n")
        if mode is not None:
            unfinished.chmod(mode)
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        message = f"{baseline.name} cannot be written: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Check the path.") from error


def _mode(path: Path) -> int | None:
    """Give the permissions of a file that may be written to; None where there is none yet."""
    try:
        with path.open("r+b") as file:
            return os.fstat(file.fileno()).st_mode & 0o7777
    except FileNotFoundError:
        return None


def baseline_text(baseline: Baseline) -> str:
    rows = ",\n".join(
        f"    {json.dumps(entry_data(entry), ensure_ascii=False)}" for entry in baseline.entries
    )
    findings = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": {findings}\n}}\n'


def entry_data(entry: Known) -> dict[str, Any]:
    return {
        "fingerprint": entry.fingerprint,
        "count": entry.number,
        "rule": entry.rule,
        "file": entry.file,
        "flow": entry.flow,
        "step": entry.step,
    }


def _known(data: dict[str, Any]) -> Known:
    names = ("file", "rule", "flow", "step", "fingerprint", "count")
    return Known(*(data[name] for name in names))
