"""What publishing did, for a job on GitHub: the lines of the versions, and as annotations what was kept back, and why."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import XchangeError
from xchange_cli.formats import published_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.workflow_command import annotation
from xchange_cli.release.publishing.outcome import Outcome, PublishResult

_TITLE = "not published"


def render(result: PublishResult, out: TextIO) -> None:
    published_text.render(result, out)
    for one in result.outcomes:
        out.writelines(f"{line}\n" for line in _annotations(one))
    if result.trouble is not None:
        out.write(f"{_error(result.trouble)}\n")


def _annotations(one: Outcome) -> Iterator[str]:
    """Yield what stopped an integration: the changes that nobody approved, or findings, each at its place; then why."""
    for change in one.refused:
        told = "\n".join(showable(text) for text in (change.message, change.reason) if text)
        yield annotation("error", change.kind, told, span=change.new_span)
    yield from map(_finding, one.findings)
    if one.error is not None:
        yield _error(one.error)


def _finding(found: Diagnostic) -> str:
    message = f"{found.message}\n{found.hint}" if found.hint else found.message
    return annotation("error", found.rule, message, span=found.span)


def _error(error: XchangeError) -> str:
    file, line = (error.place.file, error.place.line) if error.place is not None else ("", 0)
    told = "\n".join(showable(text) for text in (error.message, error.hint) if text)
    return annotation("error", _TITLE, told, file=file, line=line)
