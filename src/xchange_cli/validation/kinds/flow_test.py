"""Flow tests: `tests/<name>.test.yml` beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.project.beside import TESTS
from xchange_cli.validation.kind import Beside

FOLDER = TESTS
SUFFIXES = (".yml", ".yaml")
"""Those that are not called `.test.yml` are told."""


def check(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a file of tests.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    from xchange_cli.validation.flow_test_findings import flow_test_findings

    return flow_test_findings(file, beside)
