"""Files of a parent that wait beside a fork: a merge that is not finished, as one in the integration's file is."""

from collections.abc import Iterator

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.merge_conflicts import RULE
from xchange_cli.document.parse import Document
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.project.waiting import waiting_in, waiting_name, way_out
from xchange_cli.source import Source, Span
from xchange_cli.validation.finish import finish
from xchange_cli.validation.kind import Beside


def waiting_findings(beside: Beside) -> Iterator[Diagnostic]:
    """Yield a finding for each, at the fork's own file; where that is gone, at the one that waits."""
    for name in waiting_in(beside.place):
        ours, theirs = beside.place / name, beside.place / waiting_name(name)
        there, hint = _start(shown(theirs, beside.folder)), f"{way_out(name, beside.key)}."
        related = Related(there, "the other side")
        is_both = is_file(ours)
        span = _start(shown(ours, beside.folder)) if is_both else there
        message = f"nobody has chosen yet between the fork's version of {name} and its parent's"
        found = Diagnostic(
            RULE,
            Severity.ERROR,
            message,
            span,
            hint=hint,
            related=(related,) if is_both else (),
            subject=name,
        )
        yield finish(found, Document(span.source, None), beside.key)


def _start(name: str) -> Span:
    return Source(name, "").span(0, 0)
