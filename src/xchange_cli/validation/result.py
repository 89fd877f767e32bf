"""What validating several files gave."""

from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity

UNREADABLE_FILE = "unreadable-file"


class FileResult(NamedTuple):
    """Findings of one file and how much was in it."""

    name: str
    flows: int = 0
    steps: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


class ValidationResult(NamedTuple):
    """Findings in the order of the files, and what was checked; `fail_on` decides whether that is `ok`."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    flows: int
    steps: int
    rules: int
    fail_on: Severity = Severity.ERROR
    config_sets: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return all(found.severity.rank > self.fail_on.rank for found in self.diagnostics)

    @property
    def has_unreadable(self) -> bool:
        return any(found.rule == UNREADABLE_FILE for found in self.diagnostics)

    def count(self, severity: Severity) -> int:
        return sum(found.severity is severity for found in self.diagnostics)
