"""Changes of a YAML text by its positioned tree: what a person would do in an editor."""

import re

from xchange_cli.diagnostics import Edit
from xchange_cli.document.node import Mapping, Node, Sequence
from xchange_cli.source import Span


def replace(place: Node | Span, text: str) -> Edit:
    return Edit(place.span if isinstance(place, Node) else place, text)


def entry_span(mapping: Mapping, key: str) -> Span:
    """Give the place of a key and its value."""
    entry = mapping.entries[key]
    return Span(mapping.source, entry.key.start, max(entry.value.end, entry.key.end))


def remove_entry(mapping: Mapping, key: str) -> Edit:
    """Delete a key with its value, and its line if nothing else stands there."""
    span = entry_span(mapping, key)
    if len(mapping.entries) == 1:
        return replace(mapping, "{}")
    if _is_flow(mapping):
        return Edit(_with_comma(span), "")
    if _opens_line(span):
        return Edit(_whole_lines(span), "")
    following = [entry.key.start for entry in mapping.entries.values() if entry.key.start > span.start]
    return Edit(span._replace(end=min(following)), "")


def rename_key(mapping: Mapping, key: str, new: str) -> Edit:
    return replace(mapping.entries[key].key, new)


def add_entry(mapping: Mapping, entry: str) -> Edit:
    """Put `key: value`, both in one line, before the first key."""
    if not mapping.entries:
        return Edit(Span(mapping.source, mapping.start + 1, mapping.start + 1), entry)
    first = min(entry.key.start for entry in mapping.entries.values())
    point = Span(mapping.source, first, first)
    if _is_flow(mapping):
        return Edit(point, f"{entry}, ")
    return Edit(point, f"{entry}\n{' ' * (point.first.column - 1)}")


def item_span(sequence: Sequence, index: int) -> Span:
    """Give the place of an item, in a block sequence with its dash and the whole of its lines."""
    item = sequence.items[index]
    if _is_flow(sequence):
        return item.span
    dash = sequence.source.text.rindex("-", 0, item.start)
    span = Span(sequence.source, dash, item.end)
    return _whole_lines(span)


def is_in_lines(sequence: Sequence | None) -> bool:
    """Tell whether each item of a list begins a line of its own, so that items can be moved."""
    if sequence is None or not sequence.items or _is_flow(sequence):
        return False
    return _opens_line(sequence.span) and all(_follows_dash(item) for item in sequence.items)


def _follows_dash(item: Node) -> bool:
    text = item.source.text
    dash = text.rindex("-", 0, item.start)
    return _opens_line(Span(item.source, dash, item.end)) and not text[dash + 1 : item.start].strip()


def remove_item(sequence: Sequence, index: int) -> Edit:
    if len(sequence.items) == 1:
        return replace(sequence, "[]")
    span = item_span(sequence, index)
    return Edit(_with_comma(span) if _is_flow(sequence) else span, "")


def swap_items(sequence: Sequence, first: int, second: int) -> tuple[Edit, Edit]:
    one, other = item_span(sequence, first), item_span(sequence, second)
    return Edit(one, _ended(other)), Edit(other, _ended(one))


def repeat_item(sequence: Sequence, index: int) -> Edit:
    """Write an item twice, one after the other."""
    span = item_span(sequence, index)
    return Edit(Span(span.source, span.end, span.end), _ended(span))


def move_item(sequence: Sequence, index: int, target: Sequence, behind: int) -> tuple[Edit, Edit]:
    """Take an item out and put it behind another one of this or another list; both in lines."""
    taken, last = item_span(sequence, index), item_span(target, behind)
    shift = _indent(target) - _indent(sequence)
    point = Span(last.source, last.end, last.end)
    return Edit(taken, ""), Edit(point, _indented(_ended(taken), shift))


def _indent(sequence: Sequence) -> int:
    return sequence.span.first.column - 1


def _indented(text: str, shift: int) -> str:
    if shift >= 0:
        return re.sub(r"(?m)^(?=.)", " " * shift, text)
    return re.sub(rf"(?m)^ {{{-shift}}}", "", text)


def _ended(span: Span) -> str:
    return span.text if span.text.endswith("\n") else f"{span.text}\n"


def _is_flow(node: Mapping | Sequence) -> bool:
    return node.source.text[node.start] in "{["


def _opens_line(span: Span) -> bool:
    before = span.source.text[: span.start]
    return not before[before.rfind("\n") + 1 :].strip()


def _whole_lines(span: Span) -> Span:
    text = span.source.text
    end = text.find("\n", span.end)
    return Span(span.source, text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end + 1)


def _with_comma(span: Span) -> Span:
    """Take in the comma behind, or before the last item of a list."""
    text: str = span.source.text
    behind = re.compile(r"\s*,\s*").match(text, span.end)
    if behind:
        return span._replace(end=behind.end())
    before = re.search(r",\s*\Z", text[: span.start])
    return span._replace(start=before.start()) if before else span
