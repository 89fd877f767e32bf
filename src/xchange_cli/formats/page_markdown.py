"""The documentation of a rule as Markdown, with headings and paragraphs."""

from collections.abc import Iterator
from textwrap import dedent

from xchange_cli.formats.markdown import prose
from xchange_cli.validation.pages import Page


def documentation(page: Page) -> str:
    """Give the page without its title: summary, then headings of level two with what stands below them."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    for block in page.documentation.split("\n\n"):
        heading, _, below = block.partition("\n")
        if block == page.summary:
            yield prose(block)
        elif heading.startswith(" "):
            yield _paragraph(block)
        else:
            yield f"## {prose(heading)}"
            yield _paragraph(below)


def _paragraph(text: str) -> str:
    """Join the lines of a paragraph; items of lists stay on lines of their own."""
    lines: list[str] = []
    for line in dedent(text).splitlines():
        is_item = line.startswith(("* ", "- "))
        if is_item or not lines:
            lines.append(line)
        else:
            lines[-1] += f" {line.strip()}"
    return "\n".join(
        f"- {prose(line[2:])}" if line.startswith(("* ", "- ")) else prose(line) for line in lines
    )
