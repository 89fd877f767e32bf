"""How much validating found, in a few words and as data."""

from typing import Any

from xchange_cli.diagnostics import Severity
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count
from xchange_cli.validation.result import ValidationResult

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def counts_line(result: ValidationResult, key: str, style: Style, piped: str = "") -> str:
    """Say `checked: 1 error, 2 warnings` and how to see them, or that nothing was found.

    `piped` is what writes the file into `xchange validate -`.
    """
    found = [
        style.paint(severity, count(result.count(severity), word))
        for severity, word in _WORDS.items()
        if result.count(severity)
    ]
    shows = f"; `{piped}xchange validate {key}` shows where" if found else ""
    return f"checked: {', '.join(found) or style.paint('ok', 'no findings')}{shows}\n"


def counts_data(result: ValidationResult) -> dict[str, Any]:
    return {
        "ok": result.ok,
        **{f"{word}s": result.count(severity) for severity, word in _WORDS.items()},
    }
