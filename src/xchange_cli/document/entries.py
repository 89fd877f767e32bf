"""Edits of whole entries of mappings and items of lists, in block and in flow style.

Each function gives None where the edit cannot be made without touching something else: a comment, an anchor, or what
an alias or a merge brings from elsewhere.
"""

from xchange_cli.diagnostics import Edit
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.lazy_pattern import LazyPattern
from xchange_cli.source import Source, Span

_PROPERTIES = LazyPattern(r"(?:[&!]\S*\s+(?:#[^\r\n]*\s*)*)*")
_REST_OF_LINE = LazyPattern(r"[ \t]*(?:\r\n|\r|\n|\Z)")
_COMMA_BEHIND = LazyPattern(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = LazyPattern(r"[ \t]*,[ \t]*\Z")
_OPENED = LazyPattern(r"[{\[,][ \t]*\Z")
_DASHES = LazyPattern(r"(?: *- +)* *")
_DASH = LazyPattern(r" *- +")
_COMMENT = LazyPattern(r"(?:^|\s)#")


def insert_entry(mapping: Mapping, entry: str, before: str) -> Edit | None:
    """Put `entry` (`key: value` on one line) in front of the key `before`, on a line of its own in block style."""
    key = own_key(mapping, before)
    if key is None:
        return None
    source, head = mapping.source, _line_before(mapping.source, key.start)
    place = Span(source, key.start, key.start)
    if is_flow(mapping):
        return Edit(place, f"{entry}, ") if _OPENED.search(head) else None
    if not _DASHES.fullmatch(head):
        return None
    return Edit(place, f"{entry}{line_end(source, key.start)}{' ' * len(head)}")


def remove_entry(mapping: Mapping, key: str) -> Edit | None:
    """Take out a key with its value; a block mapping keeps at least one entry."""
    node, in_flow = own_key(mapping, key), is_flow(mapping)
    if node is None or (len(mapping.entries) == 1 and not in_flow):
        return None
    return remove_between(node, mapping.entries[key].value, is_in_flow=in_flow)


def remove_item(sequence: Sequence, index: int) -> Edit | None:
    """Take out an item of a list; a block list keeps at least one."""
    item = sequence.items[index]
    if not _holds(sequence, item):
        return None
    if is_flow(sequence):
        return remove_between(item, item, is_in_flow=True)
    head = _line_before(item.source, item.start)
    if len(sequence.items) == 1 or not _DASH.fullmatch(head) or "&" in item.span.text:
        return None
    return _remove_lines(item.source, item.start - len(head.lstrip()), item.end)


def remove_between(first: Node, last: Node, *, is_in_flow: bool) -> Edit | None:
    """Take out what reaches from the start of one node to the end of another, such as a key and its value."""
    source, start, end = first.source, first.start, last.end
    if end < start or "&" in source.text[start:end]:
        return None
    return (_remove_in_flow if is_in_flow else _remove_lines)(source, start, end)


def own_key(mapping: Mapping, key: str) -> Scalar | None:
    """Give the key if it stands in the mapping itself, not in one that an alias or a merge brings."""
    node = mapping.key_node(key)
    return node if node is not None and _holds(mapping, node) else None


def is_flow(node: Mapping | Sequence) -> bool:
    """Tell whether a collection is written in brackets; its anchor and tag may stand in front of them."""
    properties = _PROPERTIES.match(node.source.text, node.start, node.end)
    start = properties.end() if properties else node.start
    return node.source.text[start : start + 1] in {"{", "["}


def line_end(source: Source, offset: int) -> str:
    """Give how the line of a place ends: CR LF, CR or LF; a last line without an end counts like the first one."""
    number = source.position(offset).line
    if number == len(source.line_starts):
        number = 1
    starts = source.line_starts
    line = source.text[starts[number - 1] : starts[number]] if number < len(starts) else ""
    return line[len(line.rstrip("\r\n")) :] or "\n"


def _holds(collection: Node, part: Node) -> bool:
    return collection.start <= part.start and part.end <= collection.end


def _line_before(source: Source, offset: int) -> str:
    """Give what stands in the line before a place."""
    return source.text[source.line_starts[source.position(offset).line - 1] : offset]


def _remove_lines(source: Source, start: int, end: int) -> Edit | None:
    head = _line_before(source, start)
    rest = _REST_OF_LINE.match(source.text, end)
    if head.strip() or rest is None:
        return None
    return _without_comment(source, start - len(head), rest.end())


def _remove_in_flow(source: Source, start: int, end: int) -> Edit | None:
    head = _line_before(source, start)
    behind = _COMMA_BEHIND.match(source.text, end)
    before = _COMMA_BEFORE.search(head)
    if not _OPENED.search(head):
        return None
    if behind is not None:
        return _without_comment(source, start, behind.end())
    return _without_comment(source, start - len(before.group()) if before else start, end)


def _without_comment(source: Source, start: int, end: int) -> Edit | None:
    """Leave it to the user where a comment would go, too; what only looks like one is enough."""
    return None if _COMMENT.search(source.text[start:end]) else Edit(Span(source, start, end), "")
