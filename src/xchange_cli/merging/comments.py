"""Comments that theirs has written or changed, put into our text: above an entry or item, and behind a value.

None is taken away: a file that was exported anew has no comments, and means nothing by it.
"""

import re
from collections.abc import Iterator
from collections.abc import Sequence as SequenceABC
from typing import NamedTuple

from xchange_cli.changes.comparison.matching import match
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.diagnostics import Edit
from xchange_cli.document.chunks import Block, Chunk, Collection, Key, block_of
from xchange_cli.document.edit import apply
from xchange_cli.document.entries import is_flow, line_end
from xchange_cli.document.hunks import above
from xchange_cli.document.new_entry import own_entry
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import Document, parse
from xchange_cli.document.wanted import child
from xchange_cli.merging.knot import Knots
from xchange_cli.merging.values import identities
from xchange_cli.model.build import build
from xchange_cli.source import Source, Span

_COMMENT = re.compile(r"^[ \t]*(#[^\r\n]*)", re.MULTILINE)
_HEAD = re.compile(r"[ \t]*:(?:[ \t]+[&!|>][^\s]*)*")
_BEHIND = re.compile(r"([ \t]+#[^\r\n]*)?[ \t]*(?=[\r\n]|\Z)")


class _Entry(NamedTuple):
    """An entry or item in one of the files. `end` is where a comment can stand behind it, None where none can."""

    block: Block
    chunk: Chunk
    node: Node
    end: int | None


_Three = tuple[_Entry, _Entry, _Entry]
_Places = SequenceABC[tuple[Collection, Key]]


def with_their_comments(base: Document, ours: Document, theirs: Document) -> Document:
    """Give our document with the comments that theirs alone has changed, and with those that both have."""
    known = _lines(base.source.text) | _lines(ours.source.text)
    if not any("#" in line and line not in known for line in theirs.source.text.splitlines()):
        return ours
    comments = [set(_COMMENT.findall(one.source.text)) for one in (base, ours)]
    edits = [
        edit
        for three in _threes(base, ours, theirs)
        for edit in (*_above(*three, comments), *_behind(*three))
    ]
    if not edits:
        return ours
    source = ours.source
    text = apply(source, edits)
    again = parse(Source(source.name, text, encoding=source.encoding, has_bom=source.has_bom))
    return again if not again.diagnostics and is_equal(again.data, ours.data) else ours


def _lines(text: str) -> set[str]:
    return set(text.splitlines())


def _threes(base: Document, ours: Document, theirs: Document) -> Iterator[_Three]:
    """Yield what stands in all three files."""
    built = [build(document.root) for document in (base, ours, theirs)]
    first, second, third = (read_parts(one) for one in built if one is not None)
    knots = Knots(first, second, third, {"ours": match(first, second), "theirs": match(first, third)})
    cut = _Cut()
    for knot in knots:
        parts = [part for part in (knot.base, knot.ours, knot.theirs) if part is not None]
        if len(parts) < 3:
            continue
        if knot is knots.root:
            yield from cut.heads([part.node for part in parts])
        else:
            yield from cut.three([knots.home(part) for part in parts])
        yield from cut.within([part.node for part in parts], set(knot.part.children))


class _Cut:
    """Cuts each collection once; the nodes are kept, so that no other gets their identity."""

    def __init__(self) -> None:
        self._blocks: dict[int, tuple[Collection, Block | None]] = {}

    def heads(self, roots: SequenceABC[Mapping]) -> Iterator[_Three]:
        """Yield the files themselves, with what stands above their first keys."""
        found = []
        for root in roots:
            block = self._block(root)
            head = root.source.text[: block.start] if block is not None else ""
            if block is None or above(head) != head:
                return
            found.append(_Entry(block, Chunk(head, 0), root, None))
        yield found[0], found[1], found[2]

    def within(self, nodes: SequenceABC[Node], lists: set[str]) -> Iterator[_Three]:
        """Yield what is below three nodes; the parts in `lists` are looked for by what they are."""
        for places in _common(nodes):
            yield from self.three(places)
            if places[0][1] not in lists:
                yield from self.within([child(home, key) for home, key in places], set())

    def three(self, places: _Places) -> Iterator[_Three]:
        """Yield what stands in three collections, if it has lines of its own in each."""
        base, ours, theirs = (self._entry(home, key) for home, key in places)
        if base is not None and ours is not None and theirs is not None:
            yield base, ours, theirs

    def _block(self, node: Collection) -> Block | None:
        if id(node) not in self._blocks:
            self._blocks[id(node)] = node, block_of(node)
        return self._blocks[id(node)][1]

    def _entry(self, home: Collection, key: Key) -> _Entry | None:
        block = self._block(home)
        chunk = block.chunks.get(key) if block is not None else None
        return (
            None
            if block is None or chunk is None
            else _Entry(block, chunk, child(home, key), _end(home, key))
        )


def _common(nodes: SequenceABC[Node]) -> Iterator[_Places]:
    mappings = [node for node in nodes if isinstance(node, Mapping)]
    if len(mappings) == len(nodes):
        for key in mappings[0].entries:
            if all(key in node.entries for node in mappings):
                yield [(node, key) for node in mappings]
        return
    lists = [node for node in nodes if isinstance(node, Sequence)]
    keys = [found for node in lists if (found := identities(node)) is not None]
    if len(keys) == len(nodes):
        for name in keys[0]:
            if all(name in found for found in keys):
                yield [(node, found[name]) for node, found in zip(lists, keys, strict=True)]


def _above(base: _Entry, ours: _Entry, theirs: _Entry, known: list[set[str]]) -> Iterator[Edit]:
    """Change the lines above; those that stand elsewhere in the base or in ours were moved, not written."""
    was, mine, other = (_COMMENT.findall(above(one.chunk.text)) for one in (base, ours, theirs))
    elsewhere = (known[0] - set(was)) | (known[1] - set(mine))
    lines = [line for line in other if line not in elsewhere]
    is_behind_dash = ours.block.is_inline and ours.chunk.start < ours.block.start
    if is_behind_dash or not set(lines) - {*was, *mine}:
        return
    if mine != was:
        lines = [*mine, *(line for line in lines if line not in {*was, *mine})]
    source, start, region = ours.node.source, ours.chunk.start, above(ours.chunk.text)
    blanks, ending = " " * ours.block.column, line_end(ours.node.source, ours.chunk.start)
    text = ending.join(blanks + line for line in lines)
    found = list(_COMMENT.finditer(region))
    if found:
        yield Edit(Span(source, start + found[0].start(), start + found[-1].end()), text)
    else:
        yield Edit(Span(source, start + len(region), start + len(region)), text + ending)


def _behind(base: _Entry, ours: _Entry, theirs: _Entry) -> Iterator[Edit]:
    was, mine, other = (_comment_at(one) for one in (base, ours, theirs))
    if was is None or mine is None or not other or other.strip() in {was.strip(), mine.strip()}:
        return
    assert ours.end is not None
    text = other if mine.strip() == was.strip() else f"{mine} {other.strip()}"
    yield Edit(Span(ours.node.source, ours.end, ours.end + len(mine)), text)


def _comment_at(one: _Entry) -> str | None:
    found = None if one.end is None else _BEHIND.match(one.node.source.text, one.end)
    return None if found is None else found.group(1) or ""


def _end(home: Collection, key: Key) -> int | None:
    """Find the end of a value on one line, else of the line of its key."""
    node = child(home, key)
    is_block = (
        node.style in {"|", ">"}
        if isinstance(node, Scalar)
        else isinstance(node, Mapping | Sequence) and not is_flow(node)
    )
    if not is_block and node.start < node.end:
        return node.end
    entry = own_entry(home, str(key)) if isinstance(home, Mapping) else None
    head = _HEAD.match(home.source.text, entry.key.end) if entry is not None else None
    return None if head is None else head.end()
