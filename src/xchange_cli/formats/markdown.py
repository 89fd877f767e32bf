"""Text of any kind as GitHub's Markdown: nothing in it is taken for markup, neither in tables nor in HTML.

Nor does it call anybody (`@name`), refer to an issue (`#1`), or lead anywhere (`https://…`).
"""

import re
from collections.abc import Iterator

from xchange_cli.formats.cells import showable

_RUN = re.compile("(`+)")
_SPECIAL = re.compile(r"[\\*_{}\[\]<>#|~&$`@]|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_CALL = re.compile(r"([@#][\w/-]+|\bGH-[0-9]+)", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def prose(text: str) -> str:
    """Give text on one line; what stands between backquotes stays code."""
    return "".join(code(piece) if is_code else _literal(piece) for is_code, piece in pieces(text))


def prose_in_html(text: str) -> str:
    """Give the same for the inside of an HTML element, where Markdown is not read."""
    return "".join(_element(piece) if is_code else _literal(piece) for is_code, piece in pieces(text))


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text on one line, in their order, and whether they stand between backquotes."""
    parts = _RUN.split(showable(text))
    yield False, parts[0]
    position = 1
    while position < len(parts):
        end = _closing(parts, position)
        if end is None:
            yield False, parts[position] + parts[position + 1]
            position += 2
        else:
            yield True, _unpadded("".join(parts[position + 1 : end]))
            yield False, parts[end + 1]
            position = end + 2


def code(text: str) -> str:
    """Make a code span on one line, whatever the text has; nothing of an empty text."""
    line = showable(text)
    if "|" in line or not line.strip():  # tables are cut at bars before code spans are looked for
        return _element(line)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    blank = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{blank}{line}{blank}{fence}"


def _closing(pieces: list[str], opening: int) -> int | None:
    """Find the next run of as many backquotes, which ends a code span."""
    runs = range(opening + 2, len(pieces), 2)
    return next((position for position in runs if pieces[position] == pieces[opening]), None)


def _unpadded(text: str) -> str:
    """Take off the blank at each end that keeps backquotes apart."""
    return text[1:-1] if text.startswith(" ") and text.endswith(" ") and text.strip() else text


def _element(line: str) -> str:
    return f"<code>{_PUNCTUATION.sub(_entity, line)}</code>" if line else ""


def _literal(text: str) -> str:
    """Escape what is markup; what GitHub would make a link of in any text is code, where it does not look for any."""
    parts = _CALL.split(text)
    return "".join(_element(part) if at % 2 else _SPECIAL.sub(_entity, part) for at, part in enumerate(parts))


def _entity(match: "re.Match[str]") -> str:
    return f"&#{ord(match[0])};"
