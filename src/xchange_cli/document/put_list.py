"""Lists of texts changed in place, item by item."""

import re
from collections.abc import Sequence
from itertools import pairwise

from xchange_cli.diagnostics import Edit
from xchange_cli.document.entries import is_flow, line_end
from xchange_cli.document.new_entry import difference, insertion, line_behind
from xchange_cli.document.node import Entry, Mapping, Node, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.refusal import refusal
from xchange_cli.document.scalar_place import PROPERTIES, line_before
from xchange_cli.document.scalar_styles import inline, usual_quote
from xchange_cli.source import Source, Span

_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_DASH = re.compile(r" *-[ \t]*")
_FIRST_ITEM = re.compile(r"^((?: *- +)* *)[^\s#-][^\r\n]*:[ \t]*(?:\r\n|\n|\r)( *)- ", re.MULTILINE)
_STEP = 2


def new_list(mapping: Mapping, key: str, items: Sequence[str], order: Sequence[str]) -> Edit:
    """Add a key with a list: in lines with dashes where the mapping has lines, else in brackets."""
    source = mapping.source
    quote = usual_quote(source)

    def write(column: int | None, style: str) -> str:
        written = [inline(item, style, quote, in_flow=True) for item in items]
        if column is None or not items:
            return f" [{', '.join(written)}]"
        head = line_end(source, mapping.start) + " " * (column + _step(source)) + "- "
        return "".join(head + item for item in written)

    return insertion(mapping, key, order, write)


def changed_list(key: Scalar, old: List, items: Sequence[str]) -> list[Edit]:
    """Give the edits that make a list say `items`.

    Raises:
        XchangeError: INVALID, with the place, where an alias stands for what would go, or an item has no line.

    """
    kept, new = _divided(old, items)
    for index, item in enumerate(old.items):
        if index not in kept:
            _require_unused(item)
    if is_flow(old):
        return [_in_brackets(old, kept, new)]
    return _in_lines(key, old, kept, new)


def _divided(old: List, items: Sequence[str]) -> tuple[list[int], Sequence[str]]:
    """Give the positions of the old items that stay, and the items to add: as many stay as the order allows."""
    kept: list[int] = []
    position = 0
    for number, wanted in enumerate(items):
        found = next((i for i in range(position, len(old.items)) if _says(old.items[i], wanted)), None)
        if found is None:
            return kept, items[number:]
        kept.append(found)
        position = found + 1
    return kept, ()


def _says(item: Node, text: str) -> bool:
    return isinstance(item.data, str) and item.data == text


def _require_unused(item: Node) -> None:
    for anchor in _ANCHOR.findall(item.span.text):
        if re.search(rf"\*{re.escape(anchor)}(?![^\s,\[\]{{}}])", item.source.text):
            raise refusal(f"this item is used elsewhere, as `*{anchor}`, so it cannot go", item)


def _in_brackets(old: List, kept: Sequence[int], new: Sequence[str]) -> Edit:
    source, text = old.source, old.source.text
    written = [inline(item, *_style(old), in_flow=True) for item in new]
    properties = PROPERTIES.match(text, old.start, old.end)
    opening = (properties.end() if properties else old.start) + 1
    if not kept and not new:
        return Edit(Span(source, opening, old.end - 1), "")
    if not old.items:
        return Edit(Span(source, opening, opening), ", ".join(written))
    gaps = [text[one.end : other.start] for one, other in pairwise(old.items)]
    parts = [(gaps[index - 1] if index else ", ", old.items[index].span.text) for index in kept]
    parts += [(gaps[-1] if gaps and "#" not in gaps[-1] else ", ", item) for item in written]
    joined = "".join(f"{gap if number else ''}{part}" for number, (gap, part) in enumerate(parts))
    return difference(Span(source, old.items[0].start, old.items[-1].end), joined)


def _in_lines(key: Scalar, old: List, kept: Sequence[int], new: Sequence[str]) -> list[Edit]:
    source = old.source
    lines = [_lines_of(source, item) for item in old.items]
    gone = [Edit(Span(source, *lines[i]), "") for i in range(len(lines)) if i not in kept]
    if not kept and not new:
        return [_brackets(key, old), *gone]
    head, end = line_before(source, old.items[0].start), lines[-1][1]
    head = head if head.endswith((" ", "\t")) else f"{head} "
    ending = line_end(source, old.items[0].start)
    added = "".join(f"{head}{inline(item, *_style(old), in_flow=True)}{ending}" for item in new)
    if not added:
        return gone
    is_at_line = end in source.line_starts
    if not is_at_line and len(old.items) - 1 in kept and not _may_end(old.items[-1]):
        raise refusal(
            "the file has to end its last line before a list that ends there can grow", old.items[-1]
        )
    if not is_at_line and len(old.items) - 1 in kept:
        added = ending + added.removesuffix(ending)
    elif not is_at_line:
        added = added.removesuffix(ending)
    return [*gone, Edit(Span(source, end, end), added)]


def _brackets(key: Scalar, old: List) -> Edit:
    """Put `[]` behind the colon, or behind the anchor of the list."""
    text = old.source.text
    properties = PROPERTIES.match(text, old.start, old.end)
    if properties:
        place = old.start + len(re.split(r"\s+#|\s+$", properties.group(), maxsplit=1)[0])
    else:
        colon = re.compile(r"\s*:").match(text, key.end)
        assert colon is not None
        place = colon.end()
    return Edit(Span(old.source, place, place), " []")


def _lines_of(source: Source, item: Node) -> tuple[int, int]:
    """Give the start of an item's first line and of the line behind its last one."""
    head = line_before(source, item.start)
    end = line_behind(source, _without_key(item))
    if end is None and not source.text[item.end :].strip():
        end = len(source.text)
    if not _DASH.fullmatch(head) or end is None:
        raise refusal("this item has no line of its own that begins with its dash, so the list stays", item)
    return item.start - len(head), end


def _may_end(item: Node) -> bool:
    """Tell whether a line end behind an item would not be a part of what it says."""
    return line_behind(item.source, _without_key(item)) is not None


def _without_key(item: Node) -> Entry:
    return Entry(Scalar(item.source, item.start, item.start, "", "", ""), item)


def _style(old: List) -> tuple[str, str]:
    """Give the style of the last item, for those that are added, and the quotes for what cannot be plain."""
    last = next((item for item in reversed(old.items) if isinstance(item, Scalar)), None)
    style = last.style if last is not None and last.style in {"'", '"'} else ""
    return style, usual_quote(old.source)


def _step(source: Source) -> int:
    """Give how far the file indents the dashes of a list below its key."""
    found = _FIRST_ITEM.search(source.text)
    step = len(found.group(2)) - len(found.group(1)) if found else _STEP
    return step if 0 <= step <= 8 else _STEP
