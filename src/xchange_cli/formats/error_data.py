"""What ended a command, as the published contract `xchange.error/1` has it."""

from collections.abc import Iterable
from typing import Any

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import XchangeError
from xchange_cli.formats.finding_data import finding

BUG = "bug"
"""The code of what no user can cause; all others are those of `ErrorCode`."""


def error_data(code: str, message: str, *, hint: str = "", retryable: bool = False) -> dict[str, Any]:
    return {
        "schema": "xchange.error/1",
        "code": code,
        "message": message,
        "hint": hint,
        "retryable": retryable,
    }


def data_of(error: XchangeError) -> dict[str, Any]:
    """Give an error with its place, where it has one."""
    data = error_data(error.code.value, error.message, hint=error.hint, retryable=error.retryable)
    if error.place:
        data["file"] = error.place.file
        data["start"] = {"line": error.place.line, "column": error.place.column}
    return data


def refusal_data(error: XchangeError, findings: Iterable[Diagnostic]) -> dict[str, Any]:
    """Give an error with the findings that are its reason."""
    return {**data_of(error), "findings": [finding(found) for found in findings]}
