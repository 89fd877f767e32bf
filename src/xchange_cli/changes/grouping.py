"""Differences in the portions that users think in: one for a reference to a component, one for each choice."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.changes.comparison.delta import Comparison, Delta, What
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.consequences import without_consequences
from xchange_cli.changes.facts.branch_inputs import is_told_by_branches
from xchange_cli.changes.facts.variables import VISIBILITY
from xchange_cli.document.node import Node, Scalar, Sequence

_WHOLE = {
    PartKind.CONFIG_VAR: frozenset({"connection", "dataSource"}),
    PartKind.STEP: frozenset({"action", "schedule"}),
}
"""First keys of fields that are one change, however many of their own keys differ."""

_VISIBILITY = "visibility"
"""The name of what says who sees a config variable: several keys, of which the first that differs stands for all."""

_CHOICES: Address = ("pickList",)


class _Group(NamedTuple):
    part: Part
    key: str


def grouped(comparison: Comparison) -> Iterator[Delta]:
    """Yield the differences of two integrations in their order, some of them put together or taken apart.

    Of a list of choices, the address of each entry that came or went ends with its text.
    """
    deltas = without_consequences(comparison.deltas)
    listed = [delta for delta in deltas if not is_told_by_branches(delta, comparison)]
    counts: dict[_Group, int] = {}
    for delta in listed:
        group = _group_of(delta)
        if group is not None:
            counts[group] = counts.get(group, 0) + 1
    for delta in listed:
        group = _group_of(delta)
        if group is None or counts[group] == 1:
            yield from _choices(delta) if delta.address == _CHOICES else (delta,)
        elif counts[group]:
            counts[group] = 0
            yield _whole(delta, group.key)


def _group_of(delta: Delta) -> _Group | None:
    if delta.what is not What.CHANGED:
        return None
    if delta.kind is PartKind.CONFIG_VAR and delta.address in VISIBILITY:
        return _Group(delta.part, _VISIBILITY)
    is_whole = delta.address[0] in _WHOLE.get(delta.kind, ())
    return _Group(delta.part, delta.address[0]) if is_whole else None


def _whole(delta: Delta, key: str) -> Delta:
    if key == _VISIBILITY:
        return delta
    old = delta.old.node.get(key) if delta.old else None
    new = delta.new.node.get(key) if delta.new else None
    return delta._replace(address=(key,), old_value=old, new_value=new, read_old=None)


def _choices(delta: Delta) -> Iterator[Delta]:
    """Yield what went, then what came; the whole list where only its order differs, or one side has none."""
    old, new = _texts(delta.old_value), _texts(delta.new_value)
    if not old or not new:
        yield delta
        return
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    if not gone and not come:
        yield delta
    for text in gone:
        yield delta._replace(address=(*_CHOICES, text), old_value=old[text], new_value=None, read_old=None)
    for text in come:
        yield delta._replace(address=(*_CHOICES, text), old_value=None, new_value=new[text], read_old=None)


def _texts(node: Node | None) -> dict[str, Node]:
    items = node.items if isinstance(node, Sequence) else ()
    return {item.value: item for item in items if isinstance(item, Scalar)}
