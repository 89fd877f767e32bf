"""One finding, its fixes, and the documentation of its rule, for terminals."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.diagnostics import Diagnostic, Edit, Fix
from xchange_cli.formats import explain_text, findings_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.validation.explained import Explained

_LONGEST = 40


def render(told: Explained, out: TextIO) -> None:
    style = Style.of(out)
    for found in told.findings:
        findings_text.render([found], out)
        out.writelines(f"{line}\n" for line in _fixes(found, style))
    explain_text.render(told.page, out)


def _fixes(found: Diagnostic, style: Style) -> Iterator[str]:
    if found.is_secret or found.span.source.is_private:
        return
    for fix in found.fixes:
        start = f"  {'safe' if fix.safe else 'unsafe'} fix: "
        words = wrapped(_words(fix), start)
        yield words.replace(start.strip(), style.paint("bold", start.strip()), 1)
    if found.fixes:
        yield ""


def _words(fix: Fix) -> str:
    return "; ".join(_edit(edit) for edit in fix.edits)


def _edit(edit: Edit) -> str:
    place = "line {}, column {}".format(*edit.span.first)
    if edit.span.source.is_private:
        return f"replace {count(len(edit.span.text), 'character')} at {place}"
    if not edit.span.text:
        return f"insert {_quoted(edit.text)} at {place}"
    if not edit.text:
        return f"remove {_quoted(edit.span.text)} at {place}"
    return f"replace {_quoted(edit.span.text)} by {_quoted(edit.text)} at {place}"


def _quoted(text: str) -> str:
    """Show a text on one line, and only the beginning of a long one."""
    line = " ".join(text.split())
    shown = f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line
    return f"`{showable(shown)}`" if line else "the blank line"
