"""Findings for people: place, message, the characters meant, the hint, and what else explains it."""

from collections.abc import Iterable
from typing import TextIO

from xchange_cli.diagnostics import Diagnostic, Related
from xchange_cli.formats import fixes_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.excerpt import excerpt
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, wrapped
from xchange_cli.source import Span

_HINT = "hint: "


def render(findings: Iterable[Diagnostic], out: TextIO, *, marks_fixes: bool = False) -> None:
    """Write `file:line:column: severity slug: message` and, below it, the source with carets.

    With `marks_fixes` the first line says of a finding whether it can be mended.
    """
    style = Style.of(out)
    for found in findings:
        place = style.paint("bold", f"{showable(str(found.span.place))}:")
        severity = style.paint(found.severity, found.severity)
        fix = fixes_text.mark(found) if marks_fixes else ""
        out.write(f"{place} {severity} {found.rule}: {showable(found.message)}{style.paint('dim', fix)}\n")
        write_excerpt(found.span, found.severity, out, style)
        if found.hint:
            words = wrapped(showable(found.hint), f"  {_HINT}")
            out.write(words.replace(_HINT, style.paint("bold", _HINT.rstrip()) + " ", 1) + "\n")
        for related in found.related:
            _write_related(related, out, style)
        out.write("\n")


def _write_related(related: Related, out: TextIO, style: Style) -> None:
    place = style.paint("bold", f"{showable(str(related.span.place))}:")
    out.write(f"  {place} {showable(related.message)}\n")
    write_excerpt(related.span, "info", out, style)


def write_excerpt(span: Span, kind: str, out: TextIO, style: Style) -> None:
    gutter = f"{span.first.line:>5} | "
    shown = excerpt(span, WIDTH - len(gutter))
    if shown is None:
        return
    bar = " " * (len(gutter) - 2) + "| "
    out.write(f"{style.paint('dim', gutter)}{shown.line}\n")
    out.write(f"{style.paint('dim', bar)}{_painted(shown.marks, kind, style)}\n")


def _painted(marks: str, kind: str, style: Style) -> str:
    blanks = len(marks) - len(marks.lstrip())
    return marks[:blanks] + style.paint(kind, marks[blanks:])
