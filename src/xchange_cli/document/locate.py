"""Where in a document a span lies: as a JSON pointer, and as a path of names that survives moved lines."""

from bisect import bisect_right
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
    if (start, end) == (node.start, node.end):
        return None
    match node:
        case Mapping():
            for key, (key_node, child) in node.entries.items():
                if _covers(key_node.start, child, start, end):
                    pointer.append(key)
                    names.append(key)
                    return child if child.start <= start else None
        case Sequence():
            index = _item_at(node.items, start, end)
            if index is not None:
                pointer.append(str(index))
                names.append(_name_of(node.items[index], index))
                return node.items[index]
    return None


def _covers(first: int, child: Node, start: int, end: int) -> bool:
    return first <= start and end <= max(child.end, first)


def _item_at(items: tuple[Node, ...], start: int, end: int) -> int | None:
    """Give the index of the first item that covers a span; items lie one behind the other."""
    index = bisect_right(items, start, key=lambda item: item.start)
    found = None
    while index and _covers(items[index - 1].start, items[index - 1], start, end):
        index -= 1
        found = index
    return found


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
