"""Where a key that a mapping is without goes: on a line of its own, or between commas."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from xchange_cli.diagnostics import Edit
from xchange_cli.document.edit import apply
from xchange_cli.document.entries import is_flow, line_end, own_key
from xchange_cli.document.node import Entry, Mapping, Node, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.parse import parse
from xchange_cli.document.refusal import refusal
from xchange_cli.document.scalar_place import PROPERTIES, is_in_brackets, line_before
from xchange_cli.document.scalar_styles import inline, usual_quote
from xchange_cli.errors import XchangeError
from xchange_cli.source import Source, Span

_COLUMN = re.compile(r" *(?:- +)*")
_LINE_END = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_EMPTY_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*(?:[ \t]*\Z)?")
_KEEPS = re.compile(r"[|>][1-9]?\+")
_COLON = re.compile(r"\s*:")
_NOTHING_INSIDE = re.compile(r"\{(?:\s|#[^\r\n]*)*\}")
_PLACEHOLDER = "x"
_FEWEST_SORTED = 3
"""Two keys stand in the order of the alphabet by chance."""

Write = Callable[[int | None, str], str]
"""Writes the value of a new key, with the blank in front of it: its column (None in flow style) and a quote or none."""


def own_entry(mapping: Mapping, key: str) -> Entry | None:
    """Give the entry if it stands in the mapping itself, not in one that an alias or a merge brings."""
    node = own_key(mapping, key)
    if node is None:
        return None
    others = (one.value for one in mapping.entries.values() if one.key is not node)
    is_inside = any(value.start <= node.start < value.end for value in others)
    return None if is_inside else mapping.entries[key]


def added(mapping: Mapping, key: str, order: Sequence[str], change: Callable[[Scalar], Edit]) -> Edit:
    """Add a key whose value is what `change` makes of the scalar `x`.

    Raises:
        XchangeError: INVALID, with the place, where the mapping has no line to add to.

    """
    source = mapping.source
    edit = insertion(mapping, key, order, lambda _, quote: f" {quote}{_PLACEHOLDER}{quote}")
    text = apply(source, [edit])
    again = Source(source.name, text)
    end = edit.span.start + len(edit.text.rstrip("\r\n, "))
    node = _scalar_around(parse(again).root, end - 1)
    if node is None:
        raise _no_line(mapping, key)
    return difference(Span(source, 0, len(source.text)), apply(again, [change(node)]))


def insertion(mapping: Mapping, key: str, order: Sequence[str], write: Write) -> Edit:
    """Put a new key behind the one that comes before it in `order`, else before the next one, else at the end.

    Where the keys are in the order of the alphabet, as in exports, that order holds.

    Raises:
        XchangeError: INVALID, with the place, where the mapping has no line to add to.

    """
    if not is_flow(mapping) and is_in_brackets(mapping.span):
        raise _no_line(mapping, key)
    own = sorted(filter(None, (own_entry(mapping, name) for name in mapping.entries)), key=_start)
    put = _FlowPlaces(mapping, key, write) if is_flow(mapping) else _LinePlaces(mapping, key, write)
    for entry, is_behind in _neighbours(own, key, _usual_order(own, key, order)):
        edit = put.behind(entry) if is_behind else put.before(entry)
        if edit is not None:
            return edit
    edit = put.alone() if not own else None
    if edit is not None:
        return edit
    raise _no_line(mapping, key)


def _no_line(mapping: Mapping, key: str) -> XchangeError:
    return refusal(f"there is no line here to which `{key}` could be added", mapping, "Add it in the file.")


def difference(span: Span, text: str) -> Edit:
    """Give the edit that makes `text` of a span and leaves out what is the same at both ends."""
    old = span.text
    shorter = min(len(old), len(text))
    first = _same(zip(old, text, strict=False), shorter)
    last = _same(zip(reversed(old), reversed(text), strict=False), shorter - first)
    place = Span(span.source, span.start + first, span.end - last)
    return Edit(place, text[first : len(text) - last])


def end_of(entry: Entry) -> tuple[int, bool]:
    """Give where an entry ends; whether the line ends behind it are part of what it says, and have to be there."""
    key, value = _last_leaf(entry)
    if not isinstance(value, Scalar) or value.source.text.startswith("*", value.start):
        return value.end, False
    if value.start == value.end and key is not None:
        colon = _COLON.match(key.source.text, key.end)
        return colon.end() if colon else key.end, False
    return value.end, value.style in {"|", ">"}


def line_behind(source: Source, entry: Entry) -> int | None:
    """Give where the line behind an entry starts; None where something else stands behind it on its line.

    The lines that belong to a block scalar are left behind, and None if it needs a line end that is missing.
    """
    end, is_block = end_of(entry)
    found = _LINE_END.match(source.text, end)
    if found is None or not is_block:
        return None if found is None else found.end()
    start = found.end()
    below = _EMPTY_LINES.match(source.text, start)
    keeps = _KEEPS.search(source.text, _last_leaf(entry)[1].start, end)
    if below is not None and (keeps or below.group().strip("\r\n")):
        start = below.end()
    return start if source.text[start - 1] in "\r\n" else None


class _LinePlaces:
    """Places in a block mapping."""

    def __init__(self, mapping: Mapping, key: str, write: Write) -> None:
        self.mapping, self.key, self.write = mapping, key, write
        self.source = mapping.source

    def behind(self, entry: Entry) -> Edit | None:
        column = _column_of(self.source, entry.key.start)
        place = line_behind(self.source, entry)
        return None if column is None or place is None else self._line(place, column)

    def before(self, entry: Entry) -> Edit | None:
        column, start = _column_of(self.source, entry.key.start), entry.key.start
        if column is None:
            return None
        text = f"{self._written(column)}{line_end(self.source, start)}{' ' * column}"
        return Edit(Span(self.source, start, start), text)

    def alone(self) -> Edit | None:
        """Add to a mapping that has nothing but `<<`."""
        properties = PROPERTIES.match(self.source.text, self.mapping.start, self.mapping.end)
        column = _column_of(self.source, properties.end() if properties else self.mapping.start)
        found = _LINE_END.match(self.source.text, self.mapping.end)
        return None if column is None or found is None else self._line(found.end(), column)

    def _line(self, start: int, column: int) -> Edit:
        text, ending = " " * column + self._written(column), line_end(self.source, max(0, start - 1))
        is_at_line = start in self.source.line_starts
        return Edit(Span(self.source, start, start), text + ending if is_at_line else ending + text)

    def _written(self, column: int) -> str:
        key = inline(self.key, "", usual_quote(self.source), in_flow=True)
        return f"{key}:{self.write(column, '')}"


class _FlowPlaces:
    """Places in a mapping in brackets."""

    def __init__(self, mapping: Mapping, key: str, write: Write) -> None:
        self.mapping, self.key, self.write = mapping, key, write
        self.source = mapping.source

    def behind(self, entry: Entry) -> Edit:
        end = max(end_of(entry)[0], entry.key.end)
        end += self.source.text.startswith((": ", ":\t"), end - 1)  # an empty value
        head = line_before(self.source, entry.key.start)
        gap = " " if head.strip() else line_end(self.source, entry.key.start) + head
        return Edit(Span(self.source, end, end), f",{gap}{self._written(entry)}")

    def before(self, entry: Entry) -> Edit | None:
        del entry
        return None

    def alone(self) -> Edit:
        text, start, end = self.source.text, self.mapping.start, self.mapping.end
        properties = PROPERTIES.match(text, start, end)
        opening = properties.end() if properties else start
        comma = "" if _NOTHING_INSIDE.match(text, opening) else ", "
        return Edit(Span(self.source, opening + 1, opening + 1), self._written(None) + comma)

    def _written(self, neighbour: Entry | None) -> str:
        quote = neighbour.key.style if neighbour is not None and neighbour.key.style == '"' else ""
        key = inline(self.key, quote, usual_quote(self.source), in_flow=True)
        return f"{key}:{self.write(None, quote)}"


def _usual_order(own: Sequence[Entry], key: str, order: Sequence[str]) -> Sequence[str]:
    names = [entry.key.value for entry in own]
    return sorted((*names, key)) if len(names) >= _FEWEST_SORTED and names == sorted(names) else order


def _neighbours(own: Sequence[Entry], key: str, order: Sequence[str]) -> Iterator[tuple[Entry, bool]]:
    """Yield entries with whether to stand behind (or before) them, the best place first."""
    by_name = {entry.key.value: entry for entry in own}
    if key in order:
        earlier = list(takewhile(lambda name: name != key, order))
        yield from ((by_name[name], True) for name in reversed(earlier) if name in by_name)
        later = order[len(earlier) + 1 :]
        yield from ((by_name[name], False) for name in later if name in by_name)
    yield from ((entry, True) for entry in reversed(own))
    yield from ((entry, False) for entry in reversed(own))


def _column_of(source: Source, start: int) -> int | None:
    head = line_before(source, start)
    explicit = head.removesuffix("? ") if head.endswith("? ") else head
    return len(explicit) if explicit == head and _COLUMN.fullmatch(head) else None


def _last_leaf(entry: Entry) -> tuple[Scalar | None, Node]:
    """Give the value that an entry ends with, and its key if it has one."""
    key: Scalar | None = entry.key
    node = entry.value
    while not node.source.text.startswith("*", node.start):
        if isinstance(node, Mapping) and not is_flow(node):
            inner = max(
                filter(None, (own_entry(node, name) for name in node.entries)), key=_start, default=None
            )
            if inner is None or inner.value.end < node.end:
                break
            key, node = inner
        elif isinstance(node, List) and node.items and not is_flow(node):
            key, node = None, node.items[-1]
        else:
            break
    return key, node


def _start(entry: Entry) -> int:
    return entry.key.start


def _scalar_around(root: Node | None, offset: int) -> Scalar | None:
    """Find the scalar value that a character belongs to."""
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) and node.start <= offset < node.end:
            return node
        if isinstance(node, Mapping):
            waiting += [entry.value for entry in node.entries.values() if entry.value.end > offset]
        elif isinstance(node, List):
            waiting += [item for item in node.items if item.end > offset]
    return None


def _same(pairs: "zip[tuple[str, str]]", limit: int) -> int:
    count = 0
    for one, other in pairs:
        if one != other or count == limit:
            break
        count += 1
    return count
