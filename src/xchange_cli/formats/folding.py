"""Text broken into lines by the room it takes on a terminal, not by its number of characters."""

from xchange_cli.formats.cells import Cell, cells

_MOST_IN_A_COLUMN = 16
"""Characters: accents, which take no room of their own, may come in any number."""


def fold(text: str, room: int) -> list[str]:
    """Break one line into pieces of at most `room` columns: at blanks where there are some, else anywhere.

    What could steer a terminal is replaced. A text that fits, also an empty one, is one piece.
    """
    rest = cells(text)
    pieces = []
    while (end := _fitting(rest, room)) < len(rest):
        cut = _last_blank(rest, end) or max(end, 1)
        pieces.append(_joined(rest[:cut]).rstrip())
        rest = rest[cut:]
        while rest and rest[0].text == " ":
            rest = rest[1:]
    if rest or not pieces:
        pieces.append(_joined(rest))
    return pieces


def cut(text: str, room: int) -> str:
    """Give one line of at most `room` columns; `…` stands for what was cut off.

    Of a very long text no more is looked at than may be shown.
    """
    most = _MOST_IN_A_COLUMN * (max(room, 0) + 1)
    line = cells(text[:most])
    if len(text) <= most and _fitting(line, room) == len(line):
        return _joined(line)
    return _joined(line[: _fitting(line, room - 1)]) + "…"


def _fitting(line: list[Cell], room: int) -> int:
    """Count the cells from the start that fit."""
    for count, cell in enumerate(line):
        room -= cell.width
        if room < 0:
            return count
    return len(line)


def _last_blank(line: list[Cell], end: int) -> int:
    """Give the position of the last blank at which to break, 0 if there is none that leaves half a line."""
    for position in range(end, end // 2, -1):
        if line[position].text == " ":
            return position
    return 0


def _joined(line: list[Cell]) -> str:
    return "".join(cell.text for cell in line)
