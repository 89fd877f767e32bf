"""A bug in xchange: a short apology, and a file that tells the developers what happened."""

import contextlib
import os
import platform
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from xchange_cli import __version__
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.report import report_bug
from xchange_cli.cli.session import Session
from xchange_cli.errors import XchangeError
from xchange_cli.local_folder import PRIVATE
from xchange_cli.project.local import make_local
from xchange_cli.project.looking import is_file
from xchange_cli.project.project import FILE_NAME, Project


def apologise(error: Exception, arguments: list[str], session: Session, *, as_json: bool) -> Exit:
    """Write the report file, say where it is, and give the exit code."""
    try:
        summary = session.redact(f"{type(error).__name__}: {error}").partition("\n")[0][:200]
        file = _write(session.redact(_report(error, arguments)))
    except Exception:  # noqa: BLE001 - whatever is wrong with the error, it must be told
        summary, file = type(error).__name__, None
    where = f"What happened is written to {file}" if file else "The report could not be written"
    return report_bug(summary, where, as_json=as_json)


def _report(error: Exception, arguments: list[str]) -> str:
    lines = [
        f"xchange {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"arguments: {arguments!r}",
        "",
        *traceback.format_exception(error),
    ]
    return "\n".join(lines)


def _write(text: str) -> Path | None:
    """Write to `.xchange/crashes` of the project or else to the folder for temporary files."""
    choices: tuple[Callable[[], Path | None], ...] = (_folder_in_project, _temporary_folder)
    for choose in choices:
        with contextlib.suppress(OSError, XchangeError):
            folder = choose()
            if folder is not None:
                return _write_into(folder, text)
    return None


def _write_into(folder: Path, text: str) -> Path:
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    file = folder / f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}.txt"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as out:
        out.write(text)
    return file


def _folder_in_project() -> Path | None:
    """Find the project without reading it: whatever reads it may be what crashed."""
    here = Path.cwd()
    projects = (folder for folder in (here, *here.parents) if is_file(folder / FILE_NAME))
    root = next(projects, None)
    return make_local(Project(root)) / "crashes" if root else None


def _temporary_folder() -> Path:
    return Path(tempfile.gettempdir()) / "xchange-crashes"
