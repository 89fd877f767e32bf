"""The documentation of one rule, for terminals."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TextIO

from xchange_cli.formats.excerpt import marked
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, wrapped
from xchange_cli.validation.cases import caret_line
from xchange_cli.validation.pages import Page

_INDENT = "    "
_ROOM = WIDTH - len(_INDENT)


def render(page: Page, out: TextIO) -> None:
    style = Style.of(out)
    out.write(f"{style.paint('bold', page.slug)} ({style.paint(page.severity, page.severity)})\n\n")
    summary, _, rest = page.documentation.partition("\n")
    out.write(wrapped(summary) + "\n")
    for paragraph in rest.strip("\n").split("\n\n"):
        out.writelines(_paragraph(paragraph, style))
    if page.examples:
        out.write(f"\n{style.paint('bold', 'Example of what it reports')}\n")
        out.writelines(_example(page.examples[0], page.severity, style))


def _paragraph(text: str, style: Style) -> Iterator[str]:
    """Yield a heading as it is and what is indented below it as one wrapped text; lists keep their lines."""
    yield "\n"
    gathered: list[str] = []
    for line in text.split("\n"):
        if line.lstrip().startswith(("* ", "- ")) or not line.startswith(" "):
            yield from _gathered(gathered)
            gathered = []
        if line.startswith(" "):
            gathered.append(line.strip())
        else:
            yield style.paint("bold", line) + "\n"
    yield from _gathered(gathered)


def _gathered(lines: list[str]) -> Iterator[str]:
    if lines:
        hanging = "      " if lines[0].startswith(("* ", "- ")) else "    "
        yield wrapped(" ".join(lines), "    ", hanging) + "\n"


def _example(case: str, severity: str, style: Style) -> Iterator[str]:
    """Yield a case as far to the left as it goes, its caret lines moved along and long lines cut as in findings."""
    rows = [(line, caret_line(line)) for line in case.rstrip("\n").split("\n")]
    margin = min(len(line) - len(line.lstrip()) for line, mark in rows if line.strip() and mark is None)
    code: str = ""
    shown: str | None = None
    for (line, mark), (_, following) in pairwise([*rows, ("", None)]):
        if mark is None:
            code, shown = line[margin:], None
            if following is not None:
                continue
            yield f"{_INDENT}{marked(code, 0, 0, _ROOM)[0]}".rstrip() + "\n"
        else:
            start = max(0, mark.column - 1 - margin)
            cut, carets = marked(code, start, start + mark.width, _ROOM)
            if cut != shown:
                yield f"{_INDENT}{cut}\n"
            shown = cut
            yield from _marks(carets, mark.message, severity, style)


def _marks(marks: str, message: str, severity: str, style: Style) -> Iterator[str]:
    carets = marks.lstrip()
    painted = f"{_INDENT}{marks.removesuffix(carets)}{style.paint(severity, carets)}"
    if len(f"{_INDENT}{marks} {message}") <= WIDTH:
        yield f"{painted} {message}\n"
        return
    yield f"{painted}\n"
    yield wrapped(message, "      ") + "\n"
