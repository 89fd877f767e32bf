"""Validates one target after another: reading, checking, and the severities that the project wants."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document
from xchange_cli.errors import XchangeError
from xchange_cli.model.walk import walk_integration
from xchange_cli.project.targets import Target
from xchange_cli.source import Source, Span
from xchange_cli.validation.finish import finish
from xchange_cli.validation.grades import wanted_severity
from xchange_cli.validation.hidden_tokens import without_tokens
from xchange_cli.validation.result import UNREADABLE_FILE, FileResult
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.sample_files import samples_beside
from xchange_cli.validation.selection import EVERYTHING, Selection
from xchange_cli.validation.validate import validate

Check = Callable[[Target], FileResult]


class Checker:
    """`severities` holds error, warning, info or off by rule or pattern, in place of what the rule says.

    Only findings that `selection` takes are given.
    """

    def __init__(
        self,
        catalog: Catalog,
        severities: Mapping[str, str],
        stdin: bytes = b"",
        selection: Selection = EVERYTHING,
        house: HouseRules = NO_HOUSE_RULES,
    ) -> None:
        self._catalog = catalog
        self._severities = severities
        self._stdin = stdin
        self._selection = selection
        self._house = house

    def read(self, target: Target) -> Source:
        """Read the text of a target.

        Raises:
            XchangeError: NOT_FOUND or UNREADABLE.

        """
        return target.read(self._stdin)

    def check(self, target: Target) -> FileResult:
        """Validate a file; one that cannot be read is a finding of its own."""
        try:
            source = self.read(target)
        except XchangeError as error:
            return FileResult(target.name, diagnostics=(unreadable(target.name, target.key, error),))
        return self.check_source(target, source)

    def check_source(self, target: Target, source: Source) -> FileResult:
        """Validate a text as if it were the one of the target's file."""
        samples = samples_beside(target.path)
        report = validate(source, self._catalog, key=target.key, samples=samples, house=self._house)
        if report.integration is None:
            return FileResult(target.name, diagnostics=tuple(self._graded(report.diagnostics)))
        return FileResult(
            name=target.name,
            flows=len(report.integration.flows),
            steps=sum(1 for _ in walk_integration(report.integration)),
            diagnostics=tuple(self._graded(report.diagnostics)),
            secrets=report.secrets,
        )

    def grade(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Give each wanted finding, without tokens, the severity that the project wants; `off` drops it."""
        return without_tokens(self._graded(diagnostics))

    def _graded(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        for found in diagnostics:
            wanted = wanted_severity(self._severities, found.rule) or found.severity
            if wanted == "off" or not self._selection.takes(found.rule):
                continue
            yield found if wanted == found.severity else found._replace(severity=Severity(wanted))


def unreadable(name: str, key: str, error: XchangeError) -> Diagnostic:
    """Report at the place that the error names, else at the beginning of the file `name` of the integration `key`.

    The text is not known, so one of nothing but blanks stands in for it.
    """
    line, column = (error.place.line, error.place.column) if error.place else (1, 1)
    blank = "\n" * (line - 1) + " " * (column - 1)
    source = Source(error.place.file if error.place else name, blank)
    found = Diagnostic(
        UNREADABLE_FILE,
        Severity.ERROR,
        error.message,
        Span(source, len(blank), len(blank)),
        hint=error.hint,
    )
    return finish(found, Document(source, None), key)
