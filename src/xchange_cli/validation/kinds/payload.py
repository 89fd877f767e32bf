"""Payloads: `payloads/<name>.json`, `.yml` or `.http` beside an integration; files with other endings may hold anything."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.project.beside import DATA_SUFFIXES, HTTP_SUFFIX, PAYLOADS
from xchange_cli.validation.kind import Beside

FOLDER = PAYLOADS
SUFFIXES = (*DATA_SUFFIXES, HTTP_SUFFIX)


def check(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a payload.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    from xchange_cli.validation.payload_findings import payload_findings

    return payload_findings(file, beside)
