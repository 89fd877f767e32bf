"""Recorded texts of integrations read, whatever the tags in them would mean in YAML."""

import re
from collections.abc import Mapping as Values
from collections.abc import Sequence as Several
from typing import cast

from xchange_cli.document.node import Entry, Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.redaction import TAG_START, bound, tag, with_tags
from xchange_cli.source import Source

_DIGITS = str.maketrans("0123456789", "abcdefghij")
_NO_SECRETS: Values[str, str] = {}


def parsed(source: Source, secrets: Values[str, str] = _NO_SECRETS) -> Node | None:
    """Read a stored text, with the values of secrets (by name) in place of their tags; other tags stay.

    A tag is text wherever it stands, and so is what takes its place. Where there are tags, places in the text are
    not exact.
    """
    if TAG_START not in source.text:
        return parse(source).root
    mark = _unused_mark(source.text)
    names: list[str] = []

    def word(name: str) -> str:
        names.append(name)
        return f"{mark}{len(names) - 1}q".translate(_DIGITS)

    neutral = Source(source.name, with_tags(source.text, word))
    root = parse(neutral).root
    whole = Source(source.name, bound(source.text, secrets))
    values = [secrets.get(name, tag(name)) for name in names]
    return None if root is None else _Words(mark, values, whole).replaced(root)


def _unused_mark(text: str) -> str:
    mark = "Zz"
    while mark in text:
        mark += "z"
    return mark


class _Words:
    """Puts values in the place of the words that stood for tags."""

    def __init__(self, mark: str, values: Several[str], source: Source) -> None:
        self._word = re.compile(f"{mark}([a-j]+)q")
        self._values = values
        self._source = source
        self._done: dict[int, Node] = {}

    def replaced(self, node: Node) -> Node:
        """Give a node with all it holds; one that several places share stays one."""
        if id(node) not in self._done:
            self._done[id(node)] = self._replaced(node)
        return self._done[id(node)]

    def _replaced(self, node: Node) -> Node:
        match node:
            case Scalar():
                return self._scalar(node)
            case Mapping():
                return self._mapping(node)
            case _:
                return self._sequence(cast("Sequence", node))

    def _scalar(self, node: Scalar) -> Scalar:
        data = self._text(node.data) if isinstance(node.data, str) else node.data
        return Scalar(self._source, node.start, node.end, self._text(node.value), node.style, data)

    def _mapping(self, node: Mapping) -> Mapping:
        entries = {
            self._text(key): Entry(self._scalar(entry.key), self.replaced(entry.value))
            for key, entry in node.entries.items()
        }
        data = {key: entry.value.data for key, entry in entries.items()}
        return Mapping(self._source, node.start, node.end, entries, data)

    def _sequence(self, node: Sequence) -> Sequence:
        items = [self.replaced(item) for item in node.items]
        return Sequence(self._source, node.start, node.end, items, [item.data for item in items])

    def _text(self, text: str) -> str:
        return self._word.sub(lambda found: self._values[_number(found[1])], text)


def _number(letters: str) -> int:
    return int("".join(str(ord(letter) - ord("a")) for letter in letters))
