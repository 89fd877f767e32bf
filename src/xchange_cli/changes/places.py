"""Where a difference is: in both files, and as a path of names."""

from typing import NamedTuple

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.comparison.parts import name_key
from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.source import Span

_LISTS = {
    PartKind.CONFIG_VAR: "requiredConfigVars",
    PartKind.PAGE: "configPages",
    PartKind.ELEMENT: "elements",
    PartKind.FLOW: "flows",
    PartKind.STEP: "steps",
    PartKind.BRANCH: "branches",
}


class Places(NamedTuple):
    old: Span | None
    new: Span | None


def path_of(part: Part, address: Address = ()) -> tuple[str, ...]:
    """Give the names and keys that lead to a field of a part; nothing leads to the integration itself."""
    names: list[str] = []
    for one in (*reversed(list(part.above())), part):
        if one.kind in _LISTS:
            names += (_LISTS[one.kind], one.name)
    return (*names, *address)


def places(delta: Delta) -> Places:
    """Give the innermost place that differs: the value; with its key where one side does not have it; of a part its name."""
    if delta.what is not What.CHANGED:
        return Places(_name_span(delta.old), _name_span(delta.new))
    old, new = narrowed(delta.old_value, delta.new_value)
    if old is not None and new is not None:
        return Places(old.span, new.span)
    return Places(_field_span(delta.old, delta.address, old), _field_span(delta.new, delta.address, new))


def narrowed(old: Node | None, new: Node | None) -> tuple[Node | None, Node | None]:
    """Go down into two mappings as long as they differ in one key alone, or in the value of an input and its type."""
    while isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = [key for key in {**old.entries, **new.entries} if _data(old, key) != _data(new, key)]
        only = (
            "value"
            if "value" in keys and set(keys) <= {"type", "value", "meta"}
            else keys[0]
            if len(keys) == 1
            else ""
        )
        inner_old, inner_new = old.get(only), new.get(only)
        if inner_old is None or inner_new is None:
            break
        old, new = inner_old, inner_new
    return old, new


def _data(node: Mapping, key: str) -> object:
    found = node.get(key)
    return (found is not None, type(found.data), found.data) if found is not None else (False,)


def _name_span(part: Part | None) -> Span | None:
    if part is None:
        return None
    name = part.node.get(name_key(part.kind))
    return (name or part.node).span


def _field_span(part: Part | None, address: Address, value: Node | None) -> Span | None:
    """Give key and value of a field that only this side has; of one that it lacks, the list that would hold it."""
    if part is None:
        return None
    if value is None:
        around = [
            part.fields[address[:size]] for size in range(1, len(address)) if address[:size] in part.fields
        ]
        return around[-1].span if around else None
    key = _key_node(part, address)
    if key is None or key.start > value.start:
        return value.span
    return value.source.span(key.start, value.end)


def _key_node(part: Part, address: Address) -> Scalar | None:
    node: Node | None = part.node
    for key in address[:-1]:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node.key_node(address[-1]) if isinstance(node, Mapping) else None
