"""The safety net: what is written means what was read, or it is not written."""

from collections.abc import Collection
from typing import Any

from xchange_cli.canonical.comments import comment_texts
from xchange_cli.canonical.read import read_tree
from xchange_cli.canonical.tree import Tree
from xchange_cli.document.node import Entry, Mapping, Node, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.source import Source


def require_same(root: Mapping, tree: Tree, text: str, dropped: Collection[int] = ()) -> None:
    """Compare what a new text says with what the old one did: data, model and comments.

    `dropped` are the places of the keys that are missing on purpose.

    Raises:
        XchangeError: INVALID when anything differs.

    """
    name = tree.source.name
    document = parse(Source(name, text))
    expected = _without(root, dropped) if dropped else root
    if (
        document.diagnostics
        or document.root is None
        or not is_same(expected.data, document.data)
        or build(expected) != build(document.root)
        or comment_texts(tree) != comment_texts(read_tree(document.source))
    ):
        raise XchangeError(
            ErrorCode.INVALID,
            f"{name} would say something else when formatted, so it is left as it is",
            hint="This is a fault of xchange: please report it with the file.",
        )


def is_same(one: Any, other: Any) -> bool:
    """Compare plain data by value and type; the order of keys does not count."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - NaN


def _without(node: Node, dropped: Collection[int]) -> Node:
    """Give a copy of a node in which the entries whose keys stand at these places are missing."""
    if isinstance(node, Mapping):
        entries = {
            key: Entry(entry.key, _without(entry.value, dropped))
            for key, entry in node.entries.items()
            if entry.key.start not in dropped
        }
        data = {key: entry.value.data for key, entry in entries.items()}
        return Mapping(node.source, node.start, node.end, entries, data)
    if isinstance(node, Sequence):
        items = [_without(item, dropped) for item in node.items]
        return Sequence(node.source, node.start, node.end, items, [item.data for item in items])
    return node
