"""Where a scalar stands in its file, and so in which styles another text can stand in its place."""

import re
from functools import lru_cache
from typing import NamedTuple

from xchange_cli.document.entries import is_flow
from xchange_cli.document.node import Entry, Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.source import Source, Span

PROPERTIES = re.compile(r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:\s+(?:#[^\r\n]*\s*)*|\Z))+")
_TAG = re.compile(r"(?<!\S)!(?:<[^>\s]*>|[^\s,\[\]{}]*)\s*")
_OTHER_TAG = re.compile(rf"(?<!\S)(?!!!str(?:\s|\Z)){_TAG.pattern}")
_HEAD = re.compile(r" *(?:[-?:] +)*")
_HEADER = re.compile(r"[|>](?:[-+]?([1-9])?[-+]?)([ \t]+#[^\r\n]*)?")
_FIRST_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*( *)")
_REST = re.compile(r"[ \t]*(#[^\r\n]*)?(?=[\r\n]|\Z)")
_EMPTY_LINES = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*(?=[\r\n]|\Z))*(?:\r\n|\r|\n)?")
_COLON = re.compile(r"[ \t]*:")
_BLANKS = re.compile(r"[ \t]*")
_STEP = 2


class ScalarPlace(NamedTuple):
    """The place of a scalar without its anchor and tag.

    `lead` is to stand in front of what is written. `parent` is the column of the collection that it belongs to, None
    where only the file above tells; `indent` that of its text in a block style, 0 where it can have none.
    """

    source: Source
    start: int
    end: int
    style: str
    lead: str
    parent: int | None
    indent: int
    is_key: bool

    @property
    def header_comment(self) -> str:
        """The comment behind the mark of a block style, empty where there is none."""
        found = _HEADER.match(self.source.text, self.start, self.end) if self.style in {"|", ">"} else None
        return (found.group(2) or "").strip() if found else ""

    @property
    def comment(self) -> str | None:
        """The comment behind it on its line; None where something else stands there."""
        if self.style in {"|", ">"}:
            return self.header_comment
        found = _REST.match(self.source.text, self.end)
        return None if found is None else found.group(1) or ""

    @property
    def rest_of_line(self) -> Span:
        """What stands behind it on its line: blanks, and perhaps a comment."""
        found = _REST.match(self.source.text, self.end)
        return Span(self.source, self.end, found.end() if found else self.end)

    @property
    def empty_lines(self) -> Span:
        """The end of its line, and the lines without text below; they end at the start of one with text."""
        start = self.rest_of_line.end
        found = _EMPTY_LINES.match(self.source.text, start)
        return Span(self.source, start, found.end() if found else start)

    @property
    def is_in_flow(self) -> bool:
        return is_in_brackets(Span(self.source, self.start, self.end))


def place_of(node: Scalar, *, for_text: bool = True) -> ScalarPlace:
    """Give the place for another text, or for something else; an anchor stays, a tag only where it still fits."""
    source = node.source
    properties = PROPERTIES.match(source.text, node.start, node.end)
    written = properties.group() if properties else ""
    kept = (_OTHER_TAG if for_text else _TAG).sub("", written, count=1)
    start = node.start + len(written)
    lead = "" if kept == written else kept
    if start == node.end and not kept.endswith((" ", "\t", "\n", "\r")) and kept:
        lead += " "
    is_block = node.style in {"|", ">"}
    parent, indent = _indentation(source, node.start)
    if is_block and indent:
        indent = _own_indent(source.text[start : node.end], parent, indent)
    end = node.end
    if is_block:
        blanks = _BLANKS.match(source.text, end)
        end = blanks.end() if blanks else end
    is_key = not is_block and bool(_COLON.match(source.text, node.end))
    return ScalarPlace(
        source, node.start if kept != written else start, end, node.style, lead, parent, indent, is_key
    )


def place_behind(key: Scalar) -> ScalarPlace | None:
    """Give the place of the value that a key is without: behind its colon; None where it has none."""
    colon = re.compile(r"\s*:").match(key.source.text, key.end)
    if colon is None:
        return None
    parent, indent = _indentation(key.source, colon.end())
    return ScalarPlace(key.source, colon.end(), colon.end(), "", " ", parent, indent, is_key=False)


def is_in_brackets(span: Span) -> bool:
    """Tell whether a span lies inside of a collection in flow style."""
    return any(start < span.start and span.end < end for start, end in _flow_spans(span.source))


def line_before(source: Source, offset: int) -> str:
    """Give what stands in the line before a place."""
    return source.text[source.line_starts[source.position(offset).line - 1] : offset]


def _indentation(source: Source, start: int) -> tuple[int | None, int]:
    """Give the column of the collection around a value, and the one for its text in a block style (0: none fits)."""
    head = line_before(source, start)
    marks = _HEAD.match(head)
    before = marks.group() if marks else ""
    if "\t" in head:
        return None, 0
    if before != head:
        return len(before), len(before) + _STEP
    if before.strip():
        return len(before.rstrip()) - 1, len(before)
    return None, len(head)


def _own_indent(raw: str, parent: int | None, otherwise: int) -> int:
    """Give the indentation that the text of a block scalar has, if it can be seen."""
    header, first = _HEADER.match(raw), _FIRST_LINE.match(raw)
    if header is not None and header.group(1):
        return otherwise if parent is None else parent + int(header.group(1))
    return len(first.group(1)) if first else otherwise


@lru_cache(maxsize=4)
def _flow_spans(source: Source) -> tuple[tuple[int, int], ...]:
    """Find the outermost collections in brackets; kept for the next question about the same text."""
    found: list[tuple[int, int]] = []
    waiting: list[Node] = [root] if (root := parse(source).root) is not None else []
    while waiting:
        node = waiting.pop()
        if source.text.startswith("*", node.start):
            continue
        if isinstance(node, Mapping | Sequence) and is_flow(node):
            found.append((node.start, node.end))
        elif isinstance(node, Mapping):
            waiting += [part for entry in node.entries.values() for part in _within(node, entry)]
        elif isinstance(node, Sequence):
            waiting += node.items
    return tuple(found)


def _within(mapping: Mapping, entry: Entry) -> tuple[Node, ...]:
    return tuple(entry) if mapping.start <= entry.key.start < mapping.end else ()
