"""Places in code: from the engine's stack traces to lines and columns, and on to offsets.

The engine counts columns in UTF-8 bytes and ends lines as JavaScript does (also at U+2028 and U+2029).
Author's code is compiled one line below a line of our own.
"""

import re
from typing import NamedTuple

MARK = "__xchange_"
"""Functions of our own have names that begin so; frames below them are not the author's."""

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_FRAME = re.compile(r"^\s*at (.*) \(<input>:([0-9]{1,9}):([0-9]{1,9})\)$")
_PARSED = re.compile(r"^\s*at <input>:([0-9]{1,9}):([0-9]{1,9})$")
_OUR_LINES = 1


class CodePlace(NamedTuple):
    """1-based line and column in characters."""

    line: int
    column: int


def thrown_at(stack: str, code: str) -> CodePlace | None:
    """Find where in the author's code an error arose: the innermost frame that is in it."""
    for line in stack.splitlines():
        frame = _FRAME.match(line)
        if frame and frame[1].startswith(MARK):
            return None
        if frame and frame[1] != "<eval>":
            return _place(int(frame[2]), int(frame[3]), code)
    return None


def refused_at(stack: str, code: str) -> CodePlace | None:
    """Find where the engine stopped reading code that is not JavaScript."""
    for line in stack.splitlines():
        if place := _PARSED.match(line):
            return _place(int(place[1]), int(place[2]), code)
    return None


def offset_of(line: int, column: int, code: str) -> int:
    """Give the 0-based character offset of a place, at most the length of the code."""
    starts = _line_starts(code)
    if line > len(starts):
        return len(code)
    return min(starts[line - 1] + column - 1, len(code))


def _place(line: int, byte_column: int, code: str) -> CodePlace | None:
    starts = _line_starts(code)
    line -= _OUR_LINES
    if line < 1:
        return None
    if line > len(starts):
        return CodePlace(len(starts), len(code) - starts[-1] + 1)
    ends = [*starts[1:], len(code)]
    text = code[starts[line - 1] : ends[line - 1]]
    before = text.encode("utf-8", "surrogatepass")[: byte_column - 1]
    return CodePlace(line, len(before.decode("utf-8", "ignore")) + 1)


def _line_starts(code: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(code))]
