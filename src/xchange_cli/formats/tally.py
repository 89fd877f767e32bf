"""The last line of a check: what was looked at, and how much was found."""

from xchange_cli.diagnostics import Severity
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count
from xchange_cli.validation.result import ValidationResult

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def tally(result: ValidationResult, style: Style) -> str:
    """Say `26 files, 82 flows, 532 steps: 3 errors, 1 warning (0.21 s)`."""
    parts = [(result.files, "file"), (result.flows, "flow"), (result.steps, "step")]
    if result.config_sets:
        parts.append((result.config_sets, "config set"))
    checked = ", ".join(count(number, thing) for number, thing in parts)
    return f"{checked}: {_verdict(result, style)} ({result.seconds:.2f} s)"


def _verdict(result: ValidationResult, style: Style) -> str:
    found = [
        style.paint(severity, count(result.count(severity), word))
        for severity, word in _WORDS.items()
        if result.count(severity)
    ]
    return ", ".join(found) or "no findings"
