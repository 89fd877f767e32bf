"""The documentation of one rule, for terminals."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, wrapped
from xchange_cli.validation.cases import Expected, caret_line
from xchange_cli.validation.pages import Page


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
    """Yield a case as far to the left as it goes, with its caret lines moved along."""
    lines = case.rstrip("\n").split("\n")
    code = [line for line in lines if line.strip() and caret_line(line) is None]
    margin = min(len(line) - len(line.lstrip()) for line in code)
    for line in lines:
        mark = caret_line(line)
        if mark is None:
            yield f"    {line[margin:]}".rstrip() + "\n"
        else:
            yield from _marks(mark, margin, severity, style)


def _marks(mark: Expected, margin: int, severity: str, style: Style) -> Iterator[str]:
    indent, carets, message = " " * (4 + max(0, mark.column - 1 - margin)), "^" * mark.width, mark.message
    line = f"{indent}{carets} {message}"
    if len(line) <= WIDTH:
        yield f"{indent}{style.paint(severity, carets)} {message}\n"
        return
    yield f"{indent}{style.paint(severity, carets)}\n"
    yield wrapped(message, "      ") + "\n"
