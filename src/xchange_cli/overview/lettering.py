"""How wide text is likely to be, so that it fits into boxes wherever it is shown.

Nobody knows the font of who looks: the widths are those of a wide one (DejaVu Sans), so that the others fit, too.
"""

import unicodedata

_WIDTHS = (
    ("ijlIJ.,'|/\\ ", 0.35),
    ("ftr-()[]!:;", 0.44),
    ('csz?*_`"', 0.56),
    ("abdeghknopquvxy0123456789${}", 0.65),
    ("UHNDGOQ&w#+<=>^~", 0.85),
    ("mMW@%", 1.0),
)
_BY_CHARACTER = {character: width for characters, width in _WIDTHS for character in characters}
_ASCII, _OTHER, _WIDE = 0.70, 0.9, 1.35
_BOLD = 1.12


def plain(text: str) -> str:
    """Give text on one line; what no picture can show becomes a stand-in."""
    words = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_odd(character) else character for character in words)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text that is `size` high, in the same unit."""
    ems = sum(map(_em, text))
    return ems * size * (_BOLD if bold else 1)


def lines(text: str, room: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into at most `most` lines that fit into `room`; `…` stands for what does not."""
    rest, found = plain(text), list[str]()
    while len(found) < most - 1 and width(rest, size, bold=bold) > room:
        end = _fitting(rest, room, size, bold=bold)
        cut = rest.rfind(" ", 0, end + 1)
        cut = cut if cut > 0 else end
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*found, _shortened(rest, room, size, bold=bold)) if rest else tuple(found)


def _shortened(text: str, room: float, size: float, *, bold: bool) -> str:
    if width(text, size, bold=bold) <= room:
        return text
    return text[: _fitting(text, room - width("…", size, bold=bold), size, bold=bold)].rstrip() + "…"


def _fitting(text: str, room: float, size: float, *, bold: bool) -> int:
    """Count the characters from the start that fit; at least one does."""
    used = 0.0
    for count, character in enumerate(text):
        used += width(character, size, bold=bold)
        if used > room:
            return max(1, count)
    return len(text)


def _em(character: str) -> float:
    if character.isascii():
        return _BY_CHARACTER.get(character, _ASCII)
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER


def _is_odd(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co"}
