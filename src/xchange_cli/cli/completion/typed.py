"""The line that is being typed, in words without their quotes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_POSIX = r"[^']"
_FISH = r"[^'\\] | \\. | \\\Z"


def _parts(between_single_quotes: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
          (?P<blank> [ \t\n]+ )
        | ' (?P<single> (?: {between_single_quotes} )* ) (?P<single_end> '? )
        | " (?P<double> (?: [^"\\] | \\. | \\\Z )* ) (?P<double_end> "? )
        | \\ (?P<escaped> . )
        | (?P<plain> [^ \t\n'"\\]+ | \\ )
        """,
        re.VERBOSE | re.DOTALL,
    )


POSIX = _parts(_POSIX)
FISH = _parts(_FISH)
"""How shells quote; in fish a backslash has a meaning between single quotes, too."""


class Word(NamedTuple):
    """A word as it is meant. `quote` is the quotation mark that is open at its end; `raw` is what was typed."""

    text: str
    quote: str = ""
    raw: str = ""


class Line(NamedTuple):
    """The words before the cursor without the program's name, the one that the cursor ends, and those behind it.

    `head` is the beginning of the current word that the shell leaves as it is, because it completes what follows.
    """

    words: tuple[str, ...]
    current: Word
    after: tuple[str, ...] = ()
    head: str = ""


def line_of(text: str, parts: re.Pattern[str] = POSIX) -> Line:
    """Read a line that ends at the cursor."""
    words = list(split(text, parts))
    return Line(tuple(word.text for word in words[1:-1]), words[-1] if len(words) > 1 else Word(""))


def word_of(raw: str) -> Word:
    """Read a word that a shell has cut out of the line."""
    word, *_ = split(raw, POSIX)
    return word


def split(text: str, parts: re.Pattern[str]) -> Iterator[Word]:
    """Yield the words of a text; the last one is empty where the text is or ends with a blank."""
    value = quote = raw = ""
    for part in parts.finditer(text):
        if part["blank"]:
            if raw:
                yield Word(value, quote, raw)
            value = quote = raw = ""
        else:
            raw += part[0]
            value += _meant(part, is_fish=parts is FISH)
            quote = _left_open(part)
    yield Word(value, quote, raw)


def _meant(part: re.Match[str], *, is_fish: bool) -> str:
    if part["single"] is not None:
        return re.sub(r"\\(['\\])", r"\1", part["single"]) if is_fish else part["single"]
    if part["double"] is not None:
        return re.sub(r'\\(["\\$`])', r"\1", part["double"])
    return part["escaped"] or part["plain"].removesuffix("\\")


def _left_open(part: re.Match[str]) -> str:
    if part["single_end"] == "":
        return "'"
    return '"' if part["double_end"] == "" else ""
