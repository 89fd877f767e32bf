"""Rows of text in columns, 80 wide, without lines or boxes: readable when piped, and for a screen reader."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from xchange_cli.formats.cells import cells, showable, width
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH

_GAP = "  "
_NARROWEST = 16
_BELOW = "    "


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: Style,
    indent: str = "",
    *,
    has_notes: bool = False,
) -> Iterator[str]:
    """Yield the lines of a table with a line end each.

    Only the last column is wrapped; where too little room is left for it, or it is made of notes, it stands below each row.
    """
    shown = [[showable(text) for text in row] for row in rows]
    widths = _widths(heads, shown)
    is_below = has_notes or room_for_last(heads, shown) - len(indent) < _NARROWEST
    head = _line(heads[:-1] if is_below else heads, widths)
    yield f"{indent}{style.paint('bold', head)}\n"
    for row in shown:
        start = _line([*row[:-1], ""], widths, strip=False)
        if is_below:
            yield f"{indent}{start.rstrip()}\n"
            start = _BELOW
        yield from _wrapped(row[-1], f"{indent}{start}")


def room_for_last(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Give the columns that are left for the last text of each row; rows may come without it."""
    widths = _widths(heads, [[showable(text) for text in row] for row in rows])
    return WIDTH - sum(widths) - len(_GAP) * len(widths)


def _widths(heads: Sequence[str], shown: Sequence[Sequence[str]]) -> list[int]:
    return [max(width(row[column]) for row in (heads, *shown)) for column in range(len(heads) - 1)]


def _wrapped(text: str, start: str) -> Iterator[str]:
    """Yield a text behind `start`, its further lines behind as much blank room."""
    room = WIDTH - width(start)
    lines = _wrap_wide(text, room) or [""]
    for number, line in enumerate(lines):
        shown = f"{start if number == 0 else ' ' * width(start)}{line}".rstrip()
        if shown:
            yield f"{shown}\n"


def _wrap_wide(text: str, room: int) -> list[str]:
    """Break at blanks; characters of two columns make the room of a line smaller."""
    widest = max((one.width for one in cells(text)), default=1)
    return wrap(text, room // max(1, widest), break_on_hyphens=False)


def _line(texts: Sequence[str], widths: Sequence[int], *, strip: bool = True) -> str:
    padded = [text + " " * (size - width(text)) for text, size in zip(texts, widths, strict=False)]
    line = _GAP.join([*padded, *texts[len(widths) :]])
    return line.rstrip() if strip else line
