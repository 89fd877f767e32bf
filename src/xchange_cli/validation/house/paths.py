"""Paths to values below a place of a file: `errorConfig.maxAttempts`, `steps.*.name`, `**.version`."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xchange_cli.document.node import Mapping, Node, Sequence
from xchange_cli.validation.house.globs import Globs

_ANY_DEPTH = "**"


class Path(NamedTuple):
    """Each part is the pattern of a key, or of a position from 0 in a list; None stands for any number of parts."""

    text: str
    parts: tuple[Globs | None, ...]

    @classmethod
    def of(cls, text: str) -> "Path | None":
        """Read a path; None where a part of it is empty."""
        parts = text.split(".")
        if not all(parts):
            return None
        return cls(text, tuple(None if part == _ANY_DEPTH else Globs.of([part]) for part in parts))

    def find(self, node: Node) -> list[Node]:
        """Give the values that the path leads to, each once, in the order of the file."""
        found = [node]
        for part in self.parts:
            found = _each_once(below for one in found for below in _step(one, part))
        return found


def _step(node: Node, part: Globs | None) -> Iterator[Node]:
    if part is None:
        yield from _all(node)
    elif isinstance(node, Mapping) and part.words:
        yield from (entry.value for word in part.words if (entry := node.entries.get(word)))
    else:
        yield from (child for key, child in _children(node) if part.take(key))


def _all(node: Node) -> Iterator[Node]:
    """Yield a value and everything in it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [child for _, child in reversed(list(_children(one)))]


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Mapping):
        yield from ((key, entry.value) for key, entry in node.entries.items())
    elif isinstance(node, Sequence):
        yield from ((str(index), item) for index, item in enumerate(node.items))


def _each_once(nodes: Iterable[Node]) -> list[Node]:
    return list({id(node): node for node in nodes}.values())
