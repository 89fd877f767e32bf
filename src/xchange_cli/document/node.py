"""The positioned tree of a YAML file.

Nodes do not change once built: nothing outside this package assigns to one. They are plain classes with
slots, since frozen dataclasses would add a third to the time that reading a file takes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from xchange_cli.source import Source, Span

ALIAS = "*"
"""The style of a scalar that an alias stands for; the others are those of YAML's own notation, empty for plain."""


class Node:
    """A value with its place. `data` is the plain value: what `json` would read for the same text."""

    __slots__ = ("data", "end", "source", "start")

    source: Source
    start: int
    end: int
    data: Any

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)

    @property
    def kind(self) -> str:
        """What a user calls it: text, number, true/false, empty, list, mapping."""
        return kind_of(self.data)


class Scalar(Node):
    """A single value. `value` is its text, `data` the text or the number, truth value or None it stands for."""

    __slots__ = ("style", "value")

    def __init__(self, source: Source, start: int, end: int, value: str, style: str, data: Any) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.data = data

    def span_of(self, start: int, end: int) -> Span:
        """Give the place of `value[start:end]` in the file, through quotes, escapes and folded lines."""
        from xchange_cli.document.scalar_text import character_end, written

        raw, offsets = written(self.source, self.start, self.end, self.value, self.style)
        if offsets is None:
            return self.span
        first = self.start + offsets[start]
        last = self.start + character_end(raw, offsets[end - 1], self.style) if end > start else first
        return Span(self.source, first, max(first, last))


class Entry(NamedTuple):
    key: Scalar
    value: Node


class Mapping(Node):
    """Keys and values in the order of the file; a duplicate key is reported and its first value kept."""

    __slots__ = ("entries",)

    def __init__(
        self, source: Source, start: int, end: int, entries: dict[str, Entry], data: dict[str, Any]
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.entries = entries
        self.data = data

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def key_node(self, key: str) -> Scalar | None:
        entry = self.entries.get(key)
        return None if entry is None else entry.key

    def text(self, key: str) -> Scalar | None:
        """Give the value of a key if it is text."""
        entry = self.entries.get(key)
        if entry is not None and isinstance(entry.value, Scalar) and isinstance(entry.value.data, str):
            return entry.value
        return None

    def mapping(self, key: str) -> "Mapping | None":
        node = self.get(key)
        return node if isinstance(node, Mapping) else None

    def sequence(self, key: str) -> "Sequence | None":
        node = self.get(key)
        return node if isinstance(node, Sequence) else None


class Sequence(Node):
    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Node], data: list[Any]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.items = tuple(items)
        self.data = data

    def mappings(self) -> Iterator[Mapping]:
        """Yield the items that are mappings: broken ones are the schema's to report."""
        for item in self.items:
            if isinstance(item, Mapping):
                yield item


def kind_of(data: Any) -> str:
    """Name the kind of a plain value as users say it."""
    match data:
        case None:
            return "empty"
        case bool():
            return "true/false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case dict():
            return "a mapping"
        case _:
            return "a list"
