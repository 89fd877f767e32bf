"""Collections in block style, cut into the lines of their entries and items: each with the comments that stand above it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from xchange_cli.document.entries import is_flow
from xchange_cli.document.new_entry import line_behind, own_entry
from xchange_cli.document.node import Entry, Mapping, Scalar, Sequence
from xchange_cli.document.scalar_place import PROPERTIES, line_before
from xchange_cli.source import Source

_LINE = re.compile(r"([ \t]*)(#?)[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEAD = re.compile(r" *(?:- +)*")
_DASH = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*( *)-(?=[ \r\n]|\Z)")

Collection = Mapping | Sequence
Key = str | int


class Chunk(NamedTuple):
    """Whole lines. `text[0]` stands for the character `start` of the source.

    What else stands in front of the first entry on its line (`- `) is blank here, so that all chunks of a collection
    begin at its column.
    """

    text: str
    start: int

    def part(self, start: int, end: int | None = None) -> str:
        """Give what stands between two places of the source."""
        return self.text[start - self.start : None if end is None else end - self.start]


class Block(NamedTuple):
    """The chunks of a collection by key or position, in the order of the file.

    They reach from `start` to `end` without a gap. `is_inline` tells that the first begins in the middle of a line.
    """

    column: int
    start: int
    end: int
    is_inline: bool
    is_mapping: bool
    chunks: dict[Key, Chunk]


def block_of(node: Collection) -> Block | None:
    """Cut a collection; None for one in brackets, an empty one, and where something shares a line with its parts."""
    if is_flow(node) or node.source.text.startswith("*", node.start):
        return None
    parts = _parts(node)
    if not parts:
        return None
    source, first = node.source, _first(node)
    column = source.position(first).column - 1
    head = line_before(source, first)
    if not _HEAD.fullmatch(head) or not _are_in_lines(source, parts, column):
        return None
    bounds = list(_bounds(source, parts, column, _start(source, first, is_inline=bool(head.strip()))))
    pairs = zip((part.key for part in parts), pairwise(bounds), strict=True)
    chunks = {key: Chunk(source.text[start:end], start) for key, (start, end) in pairs}
    if head.strip():
        chunk = chunks[parts[0].key]
        chunks[parts[0].key] = Chunk(" " * column + chunk.text, chunk.start - column)
    return Block(column, bounds[0], bounds[-1], bool(head.strip()), isinstance(node, Mapping), chunks)


class _Part(NamedTuple):
    """`start` is the place of the key or dash, `behind` the start of the line behind."""

    key: Key
    start: int
    behind: int


def _parts(node: Collection) -> list[_Part]:
    """Give what stands in the collection itself, in the order of the text; nothing if one has no lines of its own."""
    parts: list[_Part] = []
    if isinstance(node, Mapping):
        own = [(name, entry) for name in node.entries if (entry := own_entry(node, name)) is not None]
        for name, entry in sorted(own, key=lambda one: one[1].key.start):
            behind = line_behind(node.source, entry)
            if behind is None:
                return []
            parts.append(_Part(name, entry.key.start, behind))
        return parts
    place = _first(node)
    for number, item in enumerate(node.items):
        dash = _DASH.match(node.source.text, place)
        behind = line_behind(
            node.source, Entry(Scalar(node.source, item.start, item.start, "", "", ""), item)
        )
        if dash is None or behind is None:
            return []
        parts.append(_Part(number, dash.end() - 1, behind))
        place = behind
    return parts


def _bounds(source: Source, parts: list[_Part], column: int, start: int) -> Iterator[int]:
    """Yield where the chunks begin, and where the last one ends."""
    yield start
    for part, after in pairwise(parts):
        limit = source.line_starts[source.position(after.start).line - 1]
        yield _with_comments(source, min(part.behind, limit), limit, column + 1)
    least = column + (column == _owner_column(source, start))
    yield _with_comments(source, parts[-1].behind, len(source.text), max(least, 1))


def _first(node: Collection) -> int:
    """Give where a collection begins, behind its anchor and tag."""
    properties = PROPERTIES.match(node.source.text, node.start, node.end)
    return properties.end() if properties else node.start


def _are_in_lines(source: Source, parts: list[_Part], column: int) -> bool:
    """Tell whether each part but the first begins its line, at the same column."""
    return all(line_before(source, part.start) == " " * column for part in parts[1:])


def _start(source: Source, first: int, *, is_inline: bool) -> int:
    """Give where the first chunk begins: below the line of the key, but at the top of a file at its own line."""
    if is_inline:
        return first
    number = own = source.position(first).line
    while number > 1:
        line = source.line(number - 1)
        if line.startswith(("---", "%")):
            break
        if line.strip() and not line.lstrip().startswith("#"):
            return source.line_starts[number - 1]
        number -= 1
    return source.line_starts[own - 1]


def _owner_column(source: Source, start: int) -> int:
    """Give the column of the key above a list, or -1: the dashes of a list may stand right below their key."""
    number = source.position(start).line - 1
    if number < 1 or start != source.line_starts[number]:
        return -1
    head = _HEAD.match(source.line(number))
    return len(head.group()) if head else -1


def _with_comments(source: Source, start: int, limit: int, least: int) -> int:
    """Go on behind comments that are indented by `least` or more: they belong to what ends here."""
    end = place = start
    while place < limit:
        line = _LINE.match(source.text, place)
        if line is None or (not line.group(2) and line.group().strip()):
            break
        if line.group(2):
            if len(line.group(1)) < least:
                break
            end = line.end()
        place = line.end()
    return end
