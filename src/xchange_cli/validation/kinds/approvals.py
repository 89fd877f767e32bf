"""Approved changes: `approvals.yml` beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.project.beside import APPROVALS
from xchange_cli.validation.kind import Beside

FOLDER = ""
SUFFIXES = (APPROVALS,)


def check(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with the approvals of an integration.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    from xchange_cli.validation.approval_findings import approval_findings

    return approval_findings(file, beside)
