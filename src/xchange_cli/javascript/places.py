"""Places in code: from the engines' stack traces to lines and columns, and on to offsets.

Engines end lines as JavaScript does (also at U+2028 and U+2029). QuickJS counts columns in UTF-8 bytes, V8 in UTF-16
code units. Author's code is compiled one line below a line of our own.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

MARK = "__xchange_"
"""Functions of our own have names that begin so; frames below them are not the author's."""

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_FRAME = re.compile(r"^\s*at (.*) \(<input>:([0-9]{1,9}):([0-9]{1,9})\)$")
_PARSED = re.compile(r"^\s*at <input>:([0-9]{1,9}):([0-9]{1,9})$")
_OUR_LINES = 1

AUTHOR_FILE = "code.js"
"""What V8 is told that the author's code is called."""

_V8_FRAME = re.compile(
    rf"^\s*at (?:async )?(?:(.*) \()?{re.escape(AUTHOR_FILE)}:([0-9]{{1,9}}):([0-9]{{1,9}})\)?$"
)
_V8_PARSED = re.compile(rf"{re.escape(AUTHOR_FILE)}:([0-9]{{1,9}})\n.*\n(\s*)\^")


class CodePlace(NamedTuple):
    """1-based line and column in characters."""

    line: int
    column: int


class Places(NamedTuple):
    """How an engine tells places: both functions take a stack trace and the author's code.

    `thrown` finds where in the author's code an error arose: the innermost frame that is in it. `refused` finds
    where the engine stopped reading code that is not JavaScript.
    """

    thrown: Callable[[str, str], CodePlace | None]
    refused: Callable[[str, str], CodePlace | None]


def _thrown_in_quickjs(stack: str, code: str) -> CodePlace | None:
    for line in stack.splitlines():
        frame = _FRAME.match(line)
        if frame and frame[1].startswith(MARK):
            return None
        if frame and frame[1] != "<eval>":
            return _place(int(frame[2]), int(frame[3]), code, "utf-8")
    return None


def _refused_by_quickjs(stack: str, code: str) -> CodePlace | None:
    for line in stack.splitlines():
        if place := _PARSED.match(line):
            return _place(int(place[1]), int(place[2]), code, "utf-8")
    return None


def _thrown_in_v8(stack: str, code: str) -> CodePlace | None:
    for line in stack.split("\n"):
        frame = _V8_FRAME.match(line)
        if frame and (frame[1] or "").startswith(MARK):
            return None
        if frame:
            return _place(int(frame[2]), int(frame[3]), code, "utf-16-le")
    return None


def _refused_by_v8(stack: str, code: str) -> CodePlace | None:
    """Read the head of the stack, which shows the line with a caret below."""
    found = _V8_PARSED.match(stack)
    return _place(int(found[1]), len(found[2]) + 1, code, "utf-16-le") if found else None


QUICKJS = Places(_thrown_in_quickjs, _refused_by_quickjs)
V8 = Places(_thrown_in_v8, _refused_by_v8)


def offset_of(line: int, column: int, code: str) -> int:
    """Give the 0-based character offset of a place, at most the length of the code."""
    starts = _line_starts(code)
    if line > len(starts):
        return len(code)
    return min(starts[line - 1] + column - 1, len(code))


def place_at(offset: int, code: str) -> CodePlace:
    """Give the place of a 0-based character offset."""
    starts = _line_starts(code)
    line = bisect_right(starts, offset)
    return CodePlace(line, offset - starts[line - 1] + 1)


def _place(line: int, column: int, code: str, encoding: str) -> CodePlace | None:
    """Make a place of a column that counts the units of an encoding."""
    starts = _line_starts(code)
    line -= _OUR_LINES
    if line < 1:
        return None
    if line > len(starts):
        return CodePlace(len(starts), len(code) - starts[-1] + 1)
    ends = [*starts[1:], len(code)]
    text = code[starts[line - 1] : ends[line - 1]]
    width = 2 if encoding == "utf-16-le" else 1
    before = text.encode(encoding, "surrogatepass")[: (column - 1) * width]
    return CodePlace(line, len(before.decode(encoding, "ignore")) + 1)


def _line_starts(code: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(code))]
