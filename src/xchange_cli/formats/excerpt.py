"""A line of a source with carets under a span."""

from typing import NamedTuple

from xchange_cli.formats.cells import cell, cells, width
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
    return Excerpt(first.line, *marked(text, start, end, room))


def marked(text: str, start: int, end: int, room: int) -> tuple[str, str]:
    """Give a line as `excerpt` cuts it, and the carets under the part of it that begins at `start`."""
    low, high = _window(text, start, max(end, start + 1), room)
    head = _CUT if low > 0 else ""
    tail = _CUT if high < len(text) else ""
    shown = "".join(one.text for one in cells(text[low:high]))
    before = len(head) + width(text[low:start])
    carets = max(1, width(text[start : min(end, high)]))
    return f"{head}{shown}{tail}".rstrip(), " " * before + "^" * carets


def _window(text: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Choose the characters to show: all if they fit, else those around the span, the start of it at least.

    No more of the line is measured than fits: a line may be as long as a file and hold a finding in each word.
    """
    if _fitting(text, range(len(text)), room) == len(text):
        return 0, len(text)
    room -= 2 * len(_CUT)
    fitting = _fitting(text, range(start, min(end, len(text))), room)
    wanted = min(width(text[start : min(end, start + fitting + 1)]), room)
    low = start - _fitting(text, range(start - 1, -1, -1), min((room - wanted) // 2, room // 3))
    high = low + _fitting(text, range(low, len(text)), room)
    if high == len(text):
        low = high - _fitting(text, range(high - 1, -1, -1), room)
    return low, high


def _fitting(text: str, places: range, room: int) -> int:
    """Count the characters at the first places that fit."""
    count = 0
    for place in places:
        room -= cell(text[place]).width
        if room < 0:
            break
        count += 1
    return count
