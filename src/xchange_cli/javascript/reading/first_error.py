"""Where a JavaScript text stops being JavaScript."""

import re
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.javascript.reading.tree import Code

if TYPE_CHECKING:
    from tree_sitter import Parser

_POSITION = re.compile(r"process version:\d+, version_count:\d+, state:\d+, row:(\d+), col:(\d+)")
_TOKEN = re.compile(r"lexed_lookahead sym:.*, size:(\d+)", re.DOTALL)
_REFUSED = "detect_error"
_MENDING = "resume version"
_BLANKS = b" \t\r\n\x0b\x0c\xc2\xa0"


class FirstError(NamedTuple):
    """The first word that cannot stand where it does, as bytes from `start` to `end`; none at the end of the code."""

    start: int
    end: int


class _Trail:
    """Listens to the parser: where it was when it could not go on, before it began to guess what was meant."""

    def __init__(self) -> None:
        self.row = self.column = self.size = 0
        self.furthest: tuple[int, int, int] | None = None
        self.is_over = False

    def hear(self, _kind: object, message: str) -> None:
        if self.is_over:
            return
        if found := _POSITION.fullmatch(message):
            self.row, self.column = int(found[1]), int(found[2])
        elif found := _TOKEN.fullmatch(message):
            self.size = int(found[1])
        elif message.startswith(_REFUSED):
            self.furthest = max(self.furthest or (0, 0, 0), (self.row, self.column, self.size))
        elif message.startswith(_MENDING):
            self.is_over = True


def first_error(code: Code) -> FirstError | None:
    """Find the first error; None where the text has none.

    A parser that mends what it reads puts its error nodes where the mending was cheapest. What it could not read is
    told by its log only, so the text is parsed once more with an ear on that.
    """
    if not code.root.has_error:
        return None
    trail = _Trail()
    parser = _parser()
    parser.logger = trail.hear
    parser.parse(code.data)
    if trail.furthest is None:
        return _first_mended(code)
    row, column, size = trail.furthest
    line_starts = [0, *(found.end() for found in re.finditer(rb"\n", code.data))]
    before = line_starts[row] + column
    token = code.data[before : before + size]
    start = before + len(token) - len(token.lstrip(_BLANKS))
    return FirstError(start, start + len(token.strip(_BLANKS)))


def _first_mended(code: Code) -> FirstError:
    waiting = [code.root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            return FirstError(node.start_byte, node.end_byte)
        waiting.extend(child for child in reversed(node.children) if child.has_error)
    return FirstError(len(code.data), len(code.data))


def _parser() -> "Parser":
    """Make a parser of its own: one with a log is slow."""
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_javascript.language()))
