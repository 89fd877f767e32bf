"""Rows of text in columns, 80 wide, without lines or boxes: readable when piped, and for a screen reader."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH

_GAP = "  "
_NARROWEST = 24


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], style: Style, indent: str = ""
) -> Iterator[str]:
    """Yield the lines of a table with a line end each; only the last column is wrapped."""
    shown = [[showable(text) for text in row] for row in rows]
    widths = [max(width(row[column]) for row in (heads, *shown)) for column in range(len(heads) - 1)]
    room = max(_NARROWEST, WIDTH - len(indent) - sum(widths) - len(_GAP) * len(widths))
    yield f"{indent}{style.paint('bold', _line(heads, widths))}\n"
    for row in shown:
        first, *more = wrap(row[-1], room, break_on_hyphens=False) or [""]
        yield f"{indent}{_line([*row[:-1], first], widths)}\n"
        blanks = [""] * len(widths)
        for text in more:
            yield f"{indent}{_line([*blanks, text], widths)}\n"


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = [text + " " * (size - width(text)) for text, size in zip(texts, widths, strict=False)]
    return _GAP.join([*padded, texts[-1]]).rstrip()
