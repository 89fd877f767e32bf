"""Text of any kind as GitHub's Markdown: nothing in it is taken for markup, neither in tables nor in HTML."""

import re

from xchange_cli.formats.cells import showable

_RUN = re.compile("(`+)")
_SPECIAL = re.compile(r"[\\*_{}\[\]<>#|~&$`]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def prose(text: str) -> str:
    """Give text on one line; what stands between backquotes stays code."""
    pieces = _RUN.split(showable(text))
    shown, position = [_literal(pieces[0])], 1
    while position < len(pieces):
        end = _closing(pieces, position)
        if end is None:
            shown += [_literal(pieces[position]), _literal(pieces[position + 1])]
            position += 2
        else:
            shown += [code(_unpadded("".join(pieces[position + 1 : end]))), _literal(pieces[end + 1])]
            position = end + 2
    return "".join(shown)


def code(text: str) -> str:
    """Make a code span on one line, whatever the text has; nothing of an empty text."""
    line = showable(text)
    if "|" in line or not line.strip():  # tables are cut at bars before code spans are looked for
        return f"<code>{_PUNCTUATION.sub(_entity, line)}</code>" if line else ""
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


def _literal(text: str) -> str:
    return _SPECIAL.sub(_entity, text)


def _entity(match: "re.Match[str]") -> str:
    return f"&#{ord(match[0])};"
