"""A line of a source with carets under a span."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.formats.cells import Cell, cells
from xchange_cli.source import Span

_CUT = "…"


class Excerpt(NamedTuple):
    """`line` and `marks` have the same columns; `number` is that of the line."""

    number: int
    line: str
    marks: str


def excerpt(span: Span, room: int) -> Excerpt | None:
    """Show the first line of a span in at most `room` columns; None where that line is blank or private.

    Where the line is longer, what stands around the span is kept and `…` marks what was cut. Carets stand
    under exactly the characters of the span; a span that goes on is marked up to the line's end.
    """
    if span.source.is_private:
        return None
    first, last = span.first, span.last
    text = span.source.line(first.line)
    if not text.strip():
        return None
    start = min(first.column - 1, len(text))
    end = last.column - 1 if last.line == first.line else len(text)
    line = cells(text)
    low, high = _window(line, start, max(end, start + 1), room)
    head = _CUT if low > 0 else ""
    tail = _CUT if high < len(line) else ""
    shown = "".join(one.text for one in line[low:high])
    before = len(head) + _width(line[low:start])
    carets = max(1, _width(line[start : min(end, high)]))
    return Excerpt(first.line, f"{head}{shown}{tail}".rstrip(), " " * before + "^" * carets)


def _window(line: list[Cell], start: int, end: int, room: int) -> tuple[int, int]:
    """Choose the characters to show: all if they fit, else those around the span, the start of it at least."""
    if _width(line) <= room:
        return 0, len(line)
    room -= 2 * len(_CUT)
    wanted = min(_width(line[start:end]), room)
    low = start - _fitting(reversed(line[:start]), min((room - wanted) // 2, room // 3))
    high = low + _fitting(iter(line[low:]), room)
    if high == len(line):
        low = high - _fitting(reversed(line), room)
    return low, high


def _fitting(line: Iterator[Cell], room: int) -> int:
    """Count the cells from the start that fit."""
    count = 0
    for one in line:
        room -= one.width
        if room < 0:
            break
        count += 1
    return count


def _width(line: list[Cell]) -> int:
    return sum(one.width for one in line)
