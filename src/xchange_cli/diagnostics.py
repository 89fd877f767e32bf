"""Findings as data: what is wrong, how bad it is, and where. No words beyond the message, no colour."""

from enum import StrEnum
from typing import NamedTuple

from xchange_cli.source import Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("error", "warning", "info").index(self.value)


class Related(NamedTuple):
    """Another place that explains a finding, such as the first definition of a duplicate."""

    span: Span
    message: str


class Edit(NamedTuple):
    """Replace a span by a text."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A way to mend a finding; `safe` when it cannot change what the file means."""

    edits: tuple[Edit, ...]
    safe: bool = False


class Diagnostic(NamedTuple):
    """One finding.

    `subject` is the offending word, part of the fingerprint; `pointer` is the JSON pointer of the value
    complained about; `flow` and `step` are display names, empty outside of one. `is_secret` tells that the text of
    the span is a secret, which nobody may show.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    hint: str = ""
    subject: str = ""
    pointer: str = ""
    flow: str = ""
    step: str = ""
    integration: str = ""
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    fingerprint: str = ""
    is_secret: bool = False

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort by place, then by rule."""
        return (self.span.source.name, self.span.start, self.span.end, self.rule, self.message)
