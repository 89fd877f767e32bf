"""A bug in xchange: a short apology, and a file that tells the developers what happened."""

import contextlib
import os
import platform
import sys
import tempfile
import time
import traceback
from pathlib import Path

from xchange_cli import __version__
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.session import Session
from xchange_cli.project.looking import is_file


def apologise(error: Exception, arguments: list[str], session: Session) -> int:
    """Write the report file, say where it is, and give the exit code."""
    summary = session.redact(f"{type(error).__name__}: {error}").partition("\n")[0][:200]
    file = _write(session.redact(_report(error, arguments)))
    where = f"What happened is written to {file}" if file else "The report could not be written"
    sys.stderr.write(
        f"Sorry: this is a bug in xchange ({summary}).\n"
        f"{where}; please look it through and send it with your report.\n"
    )
    return Exit.BUG


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
    name = f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}.txt"
    for folder in (
        _project_folder() / ".xchange" / "crashes",
        Path(tempfile.gettempdir()) / "xchange-crashes",
    ):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / name
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as out:
                out.write(text)
            return file
    return None


def _project_folder() -> Path:
    """Find the project without reading it: whatever reads it may be what crashed."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if is_file(folder / "xchange.yaml")), here)
