"""Config sets: `configs/<set>.yml` beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS
from xchange_cli.validation.kind import Beside

FOLDER, SUFFIXES = CONFIGS, CONFIG_SUFFIXES


def check(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a set.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    from xchange_cli.validation.config_set_findings import config_set_findings

    return config_set_findings(file, beside)
