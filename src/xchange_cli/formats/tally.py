"""The last line of a check: what was looked at, and how much was found."""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count
from xchange_cli.validation.result import ValidationResult

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def tally(result: ValidationResult, style: Style) -> str:
    """Say `26 files, 82 flows, 532 steps, 3 payloads: 3 errors, 1 warning (0.21 s)`."""
    checked = ", ".join(count(number, thing) for number, thing in _numbers(result))
    return f"{checked}: {_verdict(result, style)} ({result.seconds:.2f} s)"


def _numbers(result: ValidationResult) -> Iterator[tuple[int, str]]:
    """Yield what was looked at; the project's own files are worth a word only where there is nothing else."""
    beside = (
        (result.config_sets, "config set"),
        (result.payloads, "payload"),
        (result.flow_tests, "flow test file"),
    )
    found = [entry for entry in beside if entry[0]]
    if result.files or not (found or result.project_files):
        yield from ((result.files, "file"), (result.flows, "flow"), (result.steps, "step"))
    elif not found:
        yield result.project_files, "project file"
    yield from found


def _verdict(result: ValidationResult, style: Style) -> str:
    found = [
        style.paint(severity, count(result.count(severity), word))
        for severity, word in _WORDS.items()
        if result.count(severity)
    ]
    return ", ".join(found) or "no findings"
