"""The inputs that choose a branch: which branches they name, and what each of them is chosen by."""

from collections.abc import Mapping

from xchange_cli.changes.comparison.delta import Comparison, Delta, What
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.words.readable import expression_of
from xchange_cli.document.node import Node
from xchange_cli.expression.ast import Expression, Items


def chosen_by(value: Node | None) -> Mapping[str, Expression]:
    """Give by the names of branches what each is chosen by; nothing for an input that names no branches."""
    expression = expression_of(value) if value is not None else None
    if not isinstance(expression, Items):
        return {}
    return {item.name: item.value for item in expression.items if isinstance(item.name, str)}


def otherwise_chosen(delta: Delta) -> tuple[str, ...]:
    """Give the names of the branches that were there before and are chosen by something else now."""
    old, new = chosen_by(delta.old_value), chosen_by(delta.new_value)
    return tuple(name for name, choice in new.items() if name in old and old[name] != choice)


def is_told_by_branches(delta: Delta, comparison: Comparison) -> bool:
    """Tell whether an input differs only in that branches came, went or moved, which is told of the branches.

    What has another name now is the same under both.
    """
    if delta.what is not What.CHANGED or delta.kind is not PartKind.STEP or delta.address[:1] != ("inputs",):
        return False
    was = comparison.as_now(delta.old_value) if delta.old_value is not None else None
    old, new = chosen_by(was), chosen_by(delta.new_value)
    before, after = (
        [branch.name for branch in side] for side in (_as_now(delta.old, comparison), _branches(delta.new))
    )
    are_named = [name for name in before if name in old] == list(old) and [
        name for name in after if name in new
    ] == list(new)
    is_chosen_alike = all(new[name] == choice for name, choice in old.items() if name in new)
    return bool(old) and bool(new) and before != after and are_named and is_chosen_alike


def _as_now(part: Part | None, comparison: Comparison) -> list[Part]:
    """Give the branches that a step had, by what they are in the new file if they are there."""
    return [comparison.pairs.get(branch, branch) for branch in _branches(part)]


def _branches(part: Part | None) -> list[Part]:
    return part.children.get("branches", []) if part is not None else []
