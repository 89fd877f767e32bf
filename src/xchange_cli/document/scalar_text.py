"""Which character of a file gave which character of a scalar's value.

Follows YAML 1.2.2, chapters 7.3 (flow scalars) and 8.1 (block scalars), as libyaml reads them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from xchange_cli.source import Source

_WHITE = " \t"
_BREAK = re.compile(r"\r\n|[\r\n]")
_FOLD = re.compile(r"[ \t]*(?:\r\n|[\r\n])(?:[ \t]*(?:\r\n|[\r\n]))*[ \t]*")
_BLANKS = re.compile(r"[ \t]*")
_LINE = re.compile(r"([^\r\n]*)(\r\n|[\r\n]|$)")
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#[^\r\n]*(?:[\r\n]\s*|$))*|$))+")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.DOTALL)


class Written(NamedTuple):
    """A scalar as the file has it, and what `value_offsets` gives for it."""

    raw: str
    offsets: Sequence[int] | None


@lru_cache(maxsize=4)
def written(source: Source, start: int, end: int, value: str, style: str) -> Written:
    """Give the text of a scalar with its offsets; kept for the next question, since a long text has many findings."""
    raw = source.text[start:end]
    return Written(raw, value_offsets(raw, value, style))


def value_offsets(raw: str, value: str, style: str) -> Sequence[int] | None:
    """Give, for each character of `value`, the offset in `raw` of the character that it came from.

    The sequence has one more item than the value, for the place behind it. None when the two cannot be
    brought together, as for an alias (the caller then points at the whole scalar).
    """
    properties = _PROPERTIES.match(raw)
    if properties:
        inner = value_offsets(raw[properties.end() :], value, style)
        return None if inner is None else [properties.end() + offset for offset in inner]
    if style in {"|", ">"}:
        offsets = _block(raw, value, folds=style == ">")
    elif style == '"':
        offsets = _double_quoted(raw)
    elif style == "'":
        offsets = _single_quoted(raw)
    elif style == "*":
        return None
    elif len(raw) == len(value):
        return range(len(raw) + 1)
    else:
        offsets = _folded(raw, 0, len(raw))
    if len(offsets) != len(value):
        return None
    behind = character_end(raw, offsets[-1], style) if offsets else min(1, len(raw))
    return [*offsets, behind]


def character_end(raw: str, offset: int, style: str) -> int:
    """Give the end of what stands for one character: of a whole escape, two quotes or CR LF."""
    if style == '"' and raw.startswith("\\", offset):
        escape = _ESCAPE.match(raw, offset)
        return escape.end() if escape else offset + 1
    if raw.startswith("\r\n", offset) or (style == "'" and raw.startswith("''", offset)):
        return offset + 2
    return min(offset + 1, len(raw))


def _folded(raw: str, start: int, end: int) -> list[int]:
    """Plain text over several lines: a run of line breaks gives one blank or one break less."""
    offsets: list[int] = []
    position = start
    for match in _FOLD.finditer(raw, start, end):
        offsets += range(position, match.start())
        offsets += _fold(match)
        position = match.end()
    offsets += range(position, end)
    return offsets


def _fold(match: re.Match[str]) -> list[int]:
    breaks = [found.start() + match.start() for found in _BREAK.finditer(match.group())]
    return breaks[:1] if len(breaks) == 1 else breaks[1:]


def _single_quoted(raw: str) -> list[int]:
    offsets: list[int] = []
    position = 1
    for match in re.finditer("''", raw[1:-1]):
        quote = match.start() + 1
        offsets += _folded(raw, position, quote)
        offsets.append(quote)
        position = quote + 2
    return offsets + _folded(raw, position, len(raw) - 1)


def _double_quoted(raw: str) -> list[int]:
    offsets: list[int] = []
    position = 1
    end = len(raw) - 1
    for match in _ESCAPE.finditer(raw, 1, end):
        offsets += _folded(raw, position, match.start())
        position = match.end()
        if _BREAK.match(match.group(), 1):
            position = _joined_line(raw, position, end, offsets)
        else:
            offsets.append(match.start())
    return offsets + _folded(raw, position, end)


def _joined_line(raw: str, position: int, end: int, offsets: list[int]) -> int:
    """After an escaped line break: skip the indentation; each blank line that follows gives a break."""
    blank_lines = _FOLD.match(raw, position, end)
    if blank_lines:
        offsets += [found.start() + position for found in _BREAK.finditer(blank_lines.group())]
        return blank_lines.end()
    indentation = _BLANKS.match(raw, position, end)
    return indentation.end() if indentation else position


class _Line(NamedTuple):
    """A line of a block: offsets of its content (behind the indentation) and of its break."""

    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        return self.start == self.end


def _block(raw: str, value: str, *, folds: bool) -> list[int]:
    lines = _block_lines(raw, value)
    offsets: list[int] = []
    blank: list[int] = []
    last: _Line | None = None
    for line in lines:
        if line.is_blank:
            blank.append(line.end)
            continue
        if last is not None and folds and _folds(raw, last, line):
            offsets += blank or [last.end]
        else:
            offsets += blank if last is None else [last.end, *blank]
        offsets += range(line.start, line.end)
        last, blank = line, []
    offsets += blank if last is None else [last.end, *blank]
    kept = offsets[: len(value)]
    return kept + [len(raw)] * (len(value) - len(kept))


def _folds(raw: str, last: _Line, line: _Line) -> bool:
    """Lines that start with a blank are never folded."""
    return raw[last.start] not in " \t" and raw[line.start] not in " \t"


def _block_lines(raw: str, value: str) -> list[_Line]:
    header = _BREAK.search(raw)
    if header is None:
        return []
    indent = _indent(raw, header.end(), value)
    lines = []
    for match in _LINE.finditer(raw, header.end()):
        content = match.group(1)
        blanks = len(content) - len(content.lstrip(" "))
        start = match.start() + min(blanks, indent)
        lines.append(_Line(start, match.end(1)))
    return lines


def _indent(raw: str, position: int, value: str) -> int:
    """Give the block's indentation: that of its first line with text, less what the value itself shows."""
    shown = next((line for line in value.split("\n") if line.strip(_WHITE)), "")
    own = len(shown) - len(shown.lstrip(" "))
    for match in _LINE.finditer(raw, position):
        content = match.group(1)
        if content.strip(_WHITE):
            return max(0, len(content) - len(content.lstrip(" ")) - own)
    return 0
