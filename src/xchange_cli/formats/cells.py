"""How much room characters take on a terminal, and what to show for those that must not reach it."""

import unicodedata
from typing import NamedTuple

TAB = "    "
_UNSHOWABLE = "\N{REPLACEMENT CHARACTER}"


class Cell(NamedTuple):
    """What is shown for one character, and in how many columns."""

    text: str
    width: int


def cell(character: str) -> Cell:
    if " " <= character <= "~":
        return Cell(character, 1)
    if character == "\t":
        return Cell(TAB, len(TAB))
    category = unicodedata.category(character)
    if category in {"Mn", "Me"}:
        return Cell(character, 0)
    if category in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}:
        return Cell(_UNSHOWABLE, 1)
    return Cell(character, 2 if unicodedata.east_asian_width(character) in "WF" else 1)


def cells(text: str) -> list[Cell]:
    return [cell(character) for character in text]


def width(text: str) -> int:
    return sum(one.width for one in cells(text))


def showable(text: str) -> str:
    """Give text on one line, without what could steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(one.text for one in cells(text.replace("\n", " ")))
