"""Small pieces that all parts of the page are made of."""

from collections.abc import Iterator, Mapping

from xchange_cli.formats.documentation_page.markup import Html, joined, tag

Facts = Mapping[str, str]
"""Names and what there is to say; nothing is said where that is empty."""


def facts(told: Facts) -> Html:
    """Give a list of names with what there is to say."""
    rows = [tag("div", tag("dt", name), tag("dd", what)) for name, what in told.items() if what]
    return tag("dl", *rows, class_="facts") if rows else Html("")


def paragraphs(text: str) -> Iterator[Html]:
    """Yield the paragraphs of a text that has no markup; lines stay lines."""
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip()]
        if lines:
            yield tag("p", _lines(lines))


def _lines(lines: list[str]) -> Html:
    first, *others = lines
    return joined(first, *(part for line in others for part in (Html("<br>"), line)))
