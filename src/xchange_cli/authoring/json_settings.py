"""Settings files of editors, which are JSON: keys and items added, all else kept byte for byte."""

import json
from collections.abc import Mapping as MappingABC
from typing import Any

from xchange_cli.diagnostics import Edit
from xchange_cli.document.edit import apply
from xchange_cli.document.entries import line_end
from xchange_cli.document.json_nodes import json_tree
from xchange_cli.document.node import Mapping, Node, Sequence
from xchange_cli.source import Source, Span

_STEP = 2


def with_settings(source: Source, wanted: MappingABC[str, Any]) -> str | None:
    """Give the text with everything that is wanted: keys of mappings and items of lists, at any depth.

    The text itself where it has all of it. None where it is not JSON as the standard has it (comments, say), has a
    key twice, or says something else already.
    """
    try:
        json.loads(source.text)
    except (ValueError, RecursionError):
        return None
    tree = json_tree(source)
    if tree.root is None or tree.repeated:
        return None
    edits = _mapping_edits(tree.root, wanted)
    return None if edits is None else apply(source, edits)


def _mapping_edits(node: Node, wanted: MappingABC[str, Any]) -> list[Edit] | None:
    if not isinstance(node, Mapping):
        return None
    edits: list[Edit] = []
    missing = {key: value for key, value in wanted.items() if key not in node.entries}
    for key, value in wanted.items():
        there = node.get(key)
        inner = [] if there is None or there.data == value else _inner_edits(there, value)
        if inner is None:
            return None
        edits += inner
    last = list(node.entries.values())[-1].value if node.entries else None
    rows = [f"{json.dumps(key, ensure_ascii=False)}: {_written(value)}" for key, value in missing.items()]
    return edits + _added(node, last, rows)


def _inner_edits(node: Node, value: Any) -> list[Edit] | None:
    if isinstance(value, MappingABC):
        return _mapping_edits(node, value)
    if isinstance(value, list) and isinstance(node, Sequence):
        rows = [_written(item) for item in value if item not in node.data]
        return _added(node, node.items[-1] if node.items else None, rows)
    return None


def _added(node: Mapping | Sequence, last: Node | None, rows: list[str]) -> list[Edit]:
    """Put rows behind the last entry, each on a line of its own, indented as the first entry or by two blanks."""
    if not rows:
        return []
    source, end = node.source, line_end(node.source, node.start)
    outer = _indent(source, node.start)
    indent = _indent_of_entries(node) or outer + " " * _STEP
    text = f",{end}{indent}".join(row.replace("\n", f"{end}{indent}") for row in rows)
    if last is not None:
        return [Edit(Span(source, last.end, last.end), f",{end}{indent}{text}")]
    return [Edit(Span(source, node.start + 1, node.end - 1), f"{end}{indent}{text}{end}{outer}")]


def _indent_of_entries(node: Mapping | Sequence) -> str:
    """Give the indentation of the first entry; empty where it is not on a line of its own."""
    first = next(iter(node.entries.values())).key if isinstance(node, Mapping) and node.entries else None
    if isinstance(node, Sequence) and node.items:
        first_item: Node | None = node.items[0]
    else:
        first_item = first
    if first_item is None:
        return ""
    head = _head(node.source, first_item.start)
    return "" if head.strip() else head


def _indent(source: Source, offset: int) -> str:
    head = _head(source, offset)
    return head[: len(head) - len(head.lstrip(" \t"))]


def _head(source: Source, offset: int) -> str:
    return source.text[source.line_starts[source.position(offset).line - 1] : offset]


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=_STEP)
