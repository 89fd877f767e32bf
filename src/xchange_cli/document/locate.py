"""Where in a document a span lies: as a JSON pointer, and as a path of names that survives moved lines."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.document.node import Mapping, Node, Scalar, Sequence


class Location(NamedTuple):
    """`pointer` is RFC 6901; `names` has the name or key of list entries in place of their position."""

    pointer: str
    names: tuple[str, ...]


def locate(root: Node | None, start: int, end: int) -> Location:
    """Find the innermost value (or the value of the key) that covers `start:end`."""
    pointer: list[str] = []
    names: list[str] = []
    node = root
    while node is not None:
        node = _step_down(node, start, end, pointer, names)
    return Location("".join(f"/{_escape(part)}" for part in pointer), tuple(names))


def _step_down(node: Node, start: int, end: int, pointer: list[str], names: list[str]) -> Node | None:
    for part, name, first, child in _children(node):
        if first <= start and end <= max(child.end, first) and (start, end) != (node.start, node.end):
            pointer.append(part)
            names.append(name)
            return child if child.start <= start else None
    return None


def _children(node: Node) -> Iterator[tuple[str, str, int, Node]]:
    """Yield pointer part, name, first offset (of the key, if there is one) and value."""
    match node:
        case Mapping():
            for key, entry in node.entries.items():
                yield key, key, entry.key.start, entry.value
        case Sequence():
            for index, item in enumerate(node.items):
                yield str(index), _name_of(item, index), item.start, item


def _name_of(item: Node, index: int) -> str:
    if isinstance(item, Mapping):
        for key in ("name", "key", "value"):
            found = item.get(key)
            if isinstance(found, Scalar) and found.data not in (None, ""):
                return found.value
    return str(index)


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def node_at(root: Node | None, path: tuple[str | int, ...]) -> Node | None:
    """Follow keys and positions; None where the path leads nowhere."""
    node = root
    for part in path:
        if isinstance(node, Mapping):
            node = node.get(str(part))
        elif isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node
