"""Conflicts of a merge that nobody has settled yet, as findings."""

import re

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.conflict_marks import Marked, marked
from xchange_cli.source import Source, Span

RULE = "merge-conflict"
UPSTREAM = "upstream "
"""How the label of their side begins where `xchange upstream pull` has written the marks."""

_MESSAGE = "a merge conflict is not resolved"
_FIRST = re.compile(r"^<{7,}(?: [^\r\n]*)?(?=\r|\n|\Z)", re.MULTILINE)
_OF_PULL = "`xchange upstream resolve` takes one side; or edit the lines and take out the marks."
_OF_GIT = "Choose one side and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`; git status names the files."


def conflict_findings(source: Source) -> list[Diagnostic]:
    """Report each conflict that has all its marks: the side above at its first mark, the other one as related.

    The lines of the other side are never shown: nobody knows yet whether a secret is among them.
    """
    return [_finding(one) for one in marked(source)]


def left_mark(source: Source) -> Diagnostic | None:
    """Report the first mark `<<<<<<<` of a file in which other marks are missing."""
    first = _FIRST.search(source.text)
    return None if first is None else _report(Span(source, *first.span()), _OF_GIT)


def is_of_pull(source: Source) -> bool:
    """Tell whether the marks in a file were left by `xchange upstream pull`."""
    return any(one.their_label.startswith(UPSTREAM) for one in marked(source))


def _finding(one: Marked) -> Diagnostic:
    source = one.span.source
    above = Span(source, one.span.start, _without_line_end(source, one.ours.end))
    below = Span(source, one.theirs.start, _without_line_end(source, one.span.end)).concealed
    label = one.their_label.removeprefix(UPSTREAM)
    message = f"the other side: `{label}`" if label else "the other side"
    return _report(above, _hint(one), Related(below, message))


def _hint(one: Marked) -> str:
    return _OF_PULL if one.their_label.startswith(UPSTREAM) else _OF_GIT


def _report(span: Span, hint: str, *related: Related) -> Diagnostic:
    return Diagnostic(RULE, Severity.ERROR, _MESSAGE, span, hint=hint, related=related)


def _without_line_end(source: Source, end: int) -> int:
    return len(source.text[:end].rstrip("\r\n"))
