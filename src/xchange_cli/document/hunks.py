"""Lines of a text of which some are still to be chosen."""

import re
from collections.abc import Callable
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
_ABOVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")


class Hunk(NamedTuple):
    """Whole lines, empty where a side has none; `numbers` are those of the conflicts in it."""

    numbers: tuple[int, ...]
    ours: str
    base: str
    theirs: str


Lines = list[str | Hunk]


def shifted(lines: Lines, columns: int) -> Lines:
    """Indent lines deeper, or less deep where `columns` is negative; empty lines stay empty."""
    return each(lines, lambda text: _shifted(text, columns)) if columns else lines


def with_endings(lines: Lines, ending: str) -> Lines:
    """End all lines alike."""
    return each(lines, lambda text: _LINE_END.sub(ending, text))


def behind_head(lines: Lines, head: str) -> Lines:
    """Put `head` (such as `  - `) in the place of as many blanks of the first line; comments above it stay above."""
    if not lines:
        return []
    first, *rest = lines
    return [*each([first], lambda text: _behind_head(text, head)), *rest]


def above(text: str) -> str:
    """Give the empty lines and comments that a text begins with."""
    found = _ABOVE.match(text)
    return found.group() if found else ""


def each(lines: Lines, change: Callable[[str], str]) -> Lines:
    return [
        change(one)
        if isinstance(one, str)
        else Hunk(one.numbers, *map(change, (one.ours, one.base, one.theirs)))
        for one in lines
    ]


def _shifted(text: str, columns: int) -> str:
    if columns > 0:
        return re.sub(r"(?<![^\r\n])(?=[^\r\n])", " " * columns, text)
    return re.sub(rf"(?<![^\r\n]) {{1,{-columns}}}", "", text)


def _behind_head(text: str, head: str) -> str:
    if not text:
        return ""
    start = len(above(text))
    return text[:start] + head + text[start + len(head) :]
