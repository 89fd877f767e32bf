"""JSON → the positioned tree that YAML gives, for text that is known to be JSON."""

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in CPython and PyPy, but not in the stubs
from typing import NamedTuple

from xchange_cli.document.node import Entry, Mapping, Node, Scalar, Sequence
from xchange_cli.source import Source

MAX_DEPTH = 200
"""Deeper text has no tree, as in YAML."""

_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[^\s,\]}]+")


def json_nodes(source: Source) -> Node | None:
    """Give the tree of a JSON text; None where it is nested too deeply.

    Of equal keys the last counts, as JSON is read everywhere.
    """
    return json_tree(source).root


class JsonTree(NamedTuple):
    """`root` is None where the text is nested too deeply; `repeated` are keys with the ones that they repeat."""

    root: Node | None
    repeated: tuple[tuple[Scalar, Scalar], ...]


def json_tree(source: Source) -> JsonTree:
    """Give the tree as `json_nodes` does, and the keys that stand twice in a mapping."""
    reader = _Reader(source)
    try:
        root = reader.value(_BLANK.match(source.text).end(), 0)[0]  # type: ignore[union-attr]
    except _TooDeepError:
        return JsonTree(None, ())
    return JsonTree(root, tuple(reader.repeated))


class _TooDeepError(Exception):
    """The text has more levels than the tree may have."""


class _Reader:
    """Each method takes an offset and gives a node with the offset of what follows it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self.repeated: list[tuple[Scalar, Scalar]] = []

    def value(self, start: int, depth: int) -> tuple[Node, int]:
        if depth > MAX_DEPTH:
            raise _TooDeepError
        match self._text[start]:
            case "{":
                return self._mapping(start, depth)
            case "[":
                return self._sequence(start, depth)
            case '"':
                return self._string(start)
            case _:
                return self._word(start)

    def _mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        entries: dict[str, Entry] = {}
        following = self._after_blanks(start + 1)
        while self._text[following] != "}":
            key, following = self._string(following)
            if key.value in entries:
                self.repeated.append((key, entries[key.value].key))
            value, following = self.value(self._after_blanks(self._after_blanks(following) + 1), depth + 1)
            entries[key.value] = Entry(key, value)
            following = self._after_comma(following)
        end = following + 1
        data = {name: entry.value.data for name, entry in entries.items()}
        return Mapping(self._source, start, end, entries, data), end

    def _sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = []
        following = self._after_blanks(start + 1)
        while self._text[following] != "]":
            item, following = self.value(following, depth + 1)
            items.append(item)
            following = self._after_comma(following)
        end = following + 1
        return Sequence(self._source, start, end, items, [item.data for item in items]), end

    def _string(self, start: int) -> tuple[Scalar, int]:
        value, end = scanstring(self._text, start + 1, True)
        return Scalar(self._source, start, end, value, '"', value), end

    def _word(self, start: int) -> tuple[Scalar, int]:
        found = _WORD.match(self._text, start)
        assert found is not None
        data = float(found[0]) if len(found[0]) > _LONGEST else json.loads(found[0])
        return Scalar(self._source, start, found.end(), found[0], "", data), found.end()

    def _after_blanks(self, offset: int) -> int:
        found = _BLANK.match(self._text, offset)
        assert found is not None
        return found.end()

    def _after_comma(self, offset: int) -> int:
        offset = self._after_blanks(offset)
        return self._after_blanks(offset + 1) if self._text[offset] == "," else offset


_LONGEST = 400
"""Numbers with more characters are read as JavaScript reads them; Python refuses such integers."""
