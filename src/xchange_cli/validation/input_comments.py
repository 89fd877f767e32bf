"""Comments and the inputs of an integration: one above an input is about all of it, one inside of its text is none."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from xchange_cli.document.node import ALIAS, Entry, Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import Document
from xchange_cli.nearest import nearest
from xchange_cli.source import Source, Span
from xchange_cli.validation.ignore_comments import IgnoreComment, is_alone

_INPUTS = "inputs"
_MEANT = re.compile(
    r"(?P<mark>//|/\*|#)[ \t]*xchange:[ \t]*ignore[ \t]*\[(?P<rules>[^\]\r\n]*)\](?:(?!\*/)[^\r\n])*"
)
_BLOCK = frozenset("|>")


class Misplaced(NamedTuple):
    """What was meant as a comment and is a part of the text of an input; `is_block` tells of text behind `|` or `>`."""

    span: Span
    rules: tuple[str, ...]
    input: str
    is_block: bool


def with_whole_inputs(comments: Iterable[IgnoreComment], document: Document) -> tuple[IgnoreComment, ...]:
    """Let a comment on a line of its own above the key of an input be about the whole input."""
    last_lines = dict(_last_lines(document))
    return tuple(_widened(comment, last_lines) for comment in comments)


def misplaced_comments(document: Document, known: Collection[str]) -> Iterator[Misplaced]:
    """Yield what surely was meant as a comment: it names a rule that is `known`, or nearly so."""
    for entry in _inputs(document.root):
        for text in _texts(entry.value):
            for found in _MEANT.finditer(document.source.text, text.start, text.end):
                names = tuple(re.findall(r"[^,\s]+", found["rules"]))
                span = document.source.span(
                    found.start(), found.start() + len(found.group().rstrip(" \t'\""))
                )
                is_block = text.style in _BLOCK
                is_comment = found["mark"] != "#" or (is_block and is_alone(span))
                if is_comment and any(nearest(name, known) for name in names):
                    yield Misplaced(span, names, entry.key.value, is_block)


def _widened(comment: IgnoreComment, last_lines: dict[int, int]) -> IgnoreComment:
    if not comment.lines or not is_alone(comment.span):
        return comment
    first = comment.lines.start
    end = max(comment.lines.stop, last_lines.get(first, 0) + 1)
    return comment._replace(lines=range(first, end))


def _last_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each input that begins a line."""
    source = document.source
    for entry in _inputs(document.root):
        if _begins_line(source, entry.key.start):
            yield source.position(entry.key.start).line, source.position(entry.value.end).line


def _begins_line(source: Source, start: int) -> bool:
    line, column = source.position(start)
    return not source.line(line)[: column - 1].strip()


def _inputs(root: Node | None) -> Iterator[Entry]:
    """Yield what stands below a key `inputs` and has a `value`, in the order of the file."""
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            given = node.mapping(_INPUTS)
            for entry in given.entries.values() if given is not None else ():
                if isinstance(entry.value, Mapping) and "value" in entry.value.entries:
                    yield entry
        waiting += reversed(list(_children(node)))


def _texts(node: Node) -> Iterator[Scalar]:
    """Yield the texts in a value that are written there."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Scalar) and one.style != ALIAS and isinstance(one.data, str):
            yield one
        waiting += reversed(list(_children(one)))


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, Mapping):
        yield from (entry.value for entry in node.entries.values())
    elif isinstance(node, Sequence):
        yield from node.items
