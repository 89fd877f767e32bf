"""How what ends a command is told: a line of JSON on standard output, or words on standard error."""

import sys
from collections.abc import Sequence

from xchange_cli.cli.exits import OF_ERROR, Exit
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import error_text, findings_text
from xchange_cli.formats.error_data import BUG, data_of, error_data, refusal_data
from xchange_cli.formats.json_text import write_json_line
from xchange_cli.formats.words import count


def report(error: XchangeError, *, as_json: bool) -> Exit:
    """Tell of an error and give the exit code."""
    if as_json:
        write_json_line(data_of(error), sys.stdout)
    else:
        error_text.render(error, sys.stderr)
    return OF_ERROR[error.code]


def refuse(findings: Sequence[Diagnostic], *, as_json: bool) -> Exit:
    """Say why a run does not start."""
    errors = sum(found.severity is Severity.ERROR for found in findings)
    error = XchangeError(ErrorCode.INVALID, f"the run does not start: {count(errors, 'error')}")
    if as_json:
        write_json_line(refusal_data(error, findings), sys.stdout)
    else:
        findings_text.render(findings, sys.stderr)
        sys.stderr.write(f"{error.message}\n")
    return OF_ERROR[error.code]


def report_bug(summary: str, where: str, *, as_json: bool) -> Exit:
    """Apologise, to people in any case; `where` says where the details are."""
    message = f"this is a bug in xchange ({summary})"
    request = "please look it through and send it with your report"
    if as_json:
        write_json_line(error_data(BUG, message, hint=f"{where}; {request}."), sys.stdout)
    sys.stderr.write(f"Sorry: {message}.\n{where}; {request}.\n")
    return Exit.BUG
