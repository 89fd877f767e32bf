"""Validates one target after another: reading, checking, and the severities that the project wants."""

from collections.abc import Iterable, Iterator, Mapping

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document
from xchange_cli.errors import XchangeError
from xchange_cli.model.walk import walk_integration
from xchange_cli.project.targets import Target
from xchange_cli.source import Source, Span
from xchange_cli.validation.result import UNREADABLE_FILE, FileResult
from xchange_cli.validation.validate import finish, validate


class Checker:
    """`severities` holds error, warning, info or off by rule, in place of what the rule says."""

    def __init__(self, catalog: Catalog, severities: Mapping[str, str], stdin: bytes = b"") -> None:
        self._catalog = catalog
        self._severities = severities
        self._stdin = stdin

    def check(self, target: Target) -> FileResult:
        """Validate a file; one that cannot be read is a finding of its own."""
        try:
            source = target.read(self._stdin)
        except XchangeError as error:
            return FileResult(target.name, diagnostics=(_unreadable(target, error),))
        report = validate(source, self._catalog, key=target.key)
        if report.integration is None:
            return FileResult(target.name, diagnostics=tuple(self.grade(report.diagnostics)))
        return FileResult(
            name=target.name,
            flows=len(report.integration.flows),
            steps=sum(1 for _ in walk_integration(report.integration)),
            diagnostics=tuple(self.grade(report.diagnostics)),
        )

    def grade(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Give each finding the severity that the project wants; `off` drops it."""
        for found in diagnostics:
            wanted = self._severities.get(found.rule, found.severity)
            if wanted == "off":
                continue
            yield found if wanted == found.severity else found._replace(severity=Severity(wanted))


def _unreadable(target: Target, error: XchangeError) -> Diagnostic:
    """Report at the place that the error names.

    The text is not known, so one of nothing but blanks stands in for it.
    """
    line, column = (error.place.line, error.place.column) if error.place else (1, 1)
    blank = "\n" * (line - 1) + " " * (column - 1)
    source = Source(target.name, blank)
    found = Diagnostic(
        UNREADABLE_FILE,
        Severity.ERROR,
        error.message,
        Span(source, len(blank), len(blank)),
        hint=error.hint,
    )
    return finish(found, Document(source, None), target.key)
