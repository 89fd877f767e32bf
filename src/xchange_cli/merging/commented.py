"""An entry or item with lines of its own, and the comments that belong to it: above, behind its value, and below."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.document.chunks import Block, Chunk, Collection, Key, block_of
from xchange_cli.document.entries import is_flow
from xchange_cli.document.hunks import above
from xchange_cli.document.new_entry import line_behind, own_entry
from xchange_cli.document.node import Entry, Mapping, Node, Scalar, Sequence
from xchange_cli.document.wanted import child, keys_of

COMMENT = re.compile(r"^([ \t]*)(#[^\r\n]*)", re.MULTILINE)
_IN_BRACKETS = re.compile(r"(?<=\s)#[^\r\n]*")
_HEAD = re.compile(r"[ \t]*:(?:[ \t]+[&!|>][^\s]*)*")
_BEHIND = re.compile(r"([ \t]+#[^\r\n]*)?[ \t]*(?=[\r\n]|\Z)")


class Commented(NamedTuple):
    """`end` is where a comment can stand behind the value, None where none can; `tail` where the lines below begin."""

    block: Block
    chunk: Chunk
    node: Node
    end: int | None
    tail: int

    @property
    def head(self) -> str:
        """The lines above."""
        return above(self.chunk.text)

    @property
    def rest(self) -> str:
        """The lines below: comments and empty ones."""
        return self.chunk.part(self.tail)

    @property
    def is_behind_dash(self) -> bool:
        """Whether it begins in the middle of a line."""
        return self.block.is_inline and self.chunk.start < self.block.start

    @property
    def behind(self) -> str | None:
        """The comment behind the value, with the blanks in front of it; None where none can stand."""
        found = None if self.end is None else _BEHIND.match(self.node.source.text, self.end)
        return None if found is None else found.group(1) or ""

    @property
    def in_brackets(self) -> tuple[str, ...]:
        """The comments between the brackets of a value."""
        node = self.node
        if not isinstance(node, Mapping | Sequence) or not is_flow(node) or "#" not in node.span.text:
            return ()
        text = node.span.text
        for scalar in _scalars(node):  # a text may have what looks like a comment
            start, end = scalar.start - node.start, scalar.end - node.start
            text = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
        return tuple(_IN_BRACKETS.findall(text))

    @property
    def comments(self) -> list[str]:
        """All that belong to it, but not those of what is in it."""
        behind = (self.behind or "").strip()
        return [*comments_in(self.head), *([behind] if behind else []), *comments_in(self.rest)]


class Cut:
    """Cuts each collection once; the nodes are kept, so that no other gets their identity."""

    def __init__(self) -> None:
        self._blocks: dict[int, tuple[Collection, Block | None]] = {}

    def top(self, root: Mapping) -> Commented | None:
        """Give a file itself, with what stands above its first key; None where something else does, too."""
        block = self._block(root)
        head = root.source.text[: block.start] if block is not None else ""
        return (
            None
            if block is None or above(head) != head
            else Commented(block, Chunk(head, 0), root, None, len(head))
        )

    def entry(self, home: Collection, key: Key) -> Commented | None:
        block = self._block(home)
        chunk = block.chunks.get(key) if block is not None else None
        if block is None or chunk is None:
            return None
        return Commented(block, chunk, child(home, key), _end(home, key), self._tail(home, key, chunk))

    def last(self, home: Collection) -> Commented | None:
        """Give the last one of a collection that has lines of its own."""
        block = self._block(home)
        return self.entry(home, list(block.chunks)[-1]) if block is not None and block.chunks else None

    def comments(self, home: Collection, key: Key) -> Iterator[str]:
        """Yield all comments of an entry or item and of what is in it."""
        one, node = self.entry(home, key), child(home, key)
        if one is not None:
            inner = [
                comment
                for below in (keys_of(node) if isinstance(node, Mapping | Sequence) else ())
                for comment in self.comments(node, below)  # type: ignore[arg-type] # it is a collection here
            ]
            behind = (one.behind or "").strip()
            own = (*comments_in(one.head), *filter(None, [behind]), *one.in_brackets)
            yield from (*own, *inner, *comments_in(one.rest))

    def _block(self, node: Collection) -> Block | None:
        if id(node) not in self._blocks:
            self._blocks[id(node)] = node, block_of(node)
        return self._blocks[id(node)][1]

    def _tail(self, home: Collection, key: Key, chunk: Chunk) -> int:
        node, end = child(home, key), chunk.start + len(chunk.text)
        inner = self._block(node) if isinstance(node, Mapping | Sequence) else None
        if inner is not None:
            return inner.end
        own = own_entry(home, str(key)) if isinstance(home, Mapping) else None
        unnamed = Entry(Scalar(node.source, node.start, node.start, "", "", ""), node)
        behind = line_behind(node.source, own or unnamed)
        return end if behind is None else min(behind, end)


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Mapping():
            for entry in node.entries.values():
                yield entry.key
                yield from _scalars(entry.value)
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case Scalar():
            yield node


def comments_in(lines: str) -> list[str]:
    return [found.group(2) for found in COMMENT.finditer(lines)]


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
