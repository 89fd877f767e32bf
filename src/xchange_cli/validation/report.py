"""What checking one file gave."""

from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.model.integration import Integration
from xchange_cli.source import Source, Span


class Report(NamedTuple):
    """All findings of one file. `integration` is None where the file is no mapping.

    `secrets` are the places of secrets in clear text, also of those that a comment ignores.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    integration: Integration | None = None
    secrets: tuple[Span, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)
