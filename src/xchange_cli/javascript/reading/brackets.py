"""Which brackets and quotes of a code are open at a place: what a syntax error is explained with."""

from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.javascript.reading.tree import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

CLOSERS = {"(": ")", "[": "]", "{": "}", "${": "}"}
_OPENERS = {")": ("(",), "]": ("[",), "}": ("{", "${")}
QUOTES = frozenset({"'", '"', "`"})


class Opened(NamedTuple):
    """A bracket or quote; `start` counts bytes."""

    mark: str
    start: int


class Brackets(NamedTuple):
    """`unclosed` are those open at the place, the innermost last.

    `suspect` is the first brace that was closed on a line less indented than its own: the closing brace was
    meant for one around it.
    """

    unclosed: tuple[Opened, ...]
    suspect: Opened | None


def brackets(code: Code, end: int) -> Brackets:
    """Match the brackets in front of the byte `end`."""
    stack: list[Opened] = []
    suspect: Opened | None = None
    for leaf in _leaves(code.root, end):
        mark = leaf.type
        if mark in QUOTES:
            _quote(stack, Opened(mark, leaf.start_byte))
        elif mark in CLOSERS:
            stack.append(Opened(mark, leaf.start_byte))
        elif mark in _OPENERS and stack and stack[-1].mark in _OPENERS[mark]:
            opened = stack.pop()
            if (
                suspect is None
                and mark == "}"
                and _closes_further_left(code.data, opened.start, leaf.start_byte)
            ):
                suspect = opened
    return Brackets(tuple(stack), suspect)


def _leaves(root: "Node", end: int) -> "Iterator[Node]":
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.start_byte >= end or node.is_missing or node.type == "comment":
            continue
        children = node.children
        if children:
            waiting.extend(reversed(children))
        else:
            yield node


def _quote(stack: list[Opened], quote: Opened) -> None:
    if stack and stack[-1].mark == quote.mark:
        stack.pop()
    else:
        stack.append(quote)


def _closes_further_left(data: bytes, opener: int, closer: int) -> bool:
    opening, closing = _line_before(data, opener), _line_before(data, closer)
    if closing.strip() or data.rfind(b"\n", 0, opener) == data.rfind(b"\n", 0, closer):
        return False
    return len(closing) < len(opening) - len(opening.lstrip())


def _line_before(data: bytes, position: int) -> bytes:
    return data[data.rfind(b"\n", 0, position) + 1 : position]
