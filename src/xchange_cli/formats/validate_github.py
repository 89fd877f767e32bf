"""What `validate` found, as workflow commands that GitHub shows beside the lines of a pull request.

GitHub takes the first few of a kind, so the worst come first.
"""

from typing import TextIO

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.formats.job_summary import not_annotated
from xchange_cli.formats.style import Style
from xchange_cli.formats.tally import tally
from xchange_cli.formats.words import count
from xchange_cli.formats.workflow_command import annotation
from xchange_cli.validation.result import ValidationResult

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: ValidationResult, out: TextIO) -> None:
    worst_first = sorted(result.diagnostics, key=lambda found: found.severity.rank)
    out.writelines(f"{_annotation(found)}\n" for found in worst_first)
    out.write(f"{tally(result, Style(is_on=False))}\n")
    left = not_annotated(result)
    if left:
        out.write(
            f"GitHub annotates ten of a kind: {count(left, 'more finding')} above, and in the job's summary.\n"
        )


def _annotation(found: Diagnostic) -> str:
    message = f"{found.message}\n{found.hint}" if found.hint else found.message
    return annotation(_COMMANDS[found.severity], found.rule, message, span=found.span)
