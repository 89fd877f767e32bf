"""Where a part stands among its neighbours, in words; and what it changed places with."""

from collections.abc import Iterator
from itertools import pairwise

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.facts.effects import is_loop
from xchange_cli.changes.kind import Scene


def list_of(part: Part | None) -> list[Part]:
    """Give the list that a part is an entry of."""
    lists = part.parent.children.values() if part is not None and part.parent is not None else ()
    return next((parts for parts in lists if any(one is part for one in parts)), [])


def is_elsewhere(delta: Delta, scene: Scene) -> bool:
    """Tell whether a part is in another list now: of another loop, branch or flow."""
    old, new = delta.old, delta.new
    if old is None or new is None or old.parent is None:
        return False
    return scene.pairs.get(old.parent) is not new.parent


def is_in_other_flow(delta: Delta, scene: Scene) -> bool:
    old, new = (part.within(PartKind.FLOW) if part else None for part in (delta.old, delta.new))
    return old is not None and scene.pairs.get(old) is not new


def moved_words(delta: Delta) -> str:
    """Say `behind X, was behind Y`."""
    old = list_of(delta.old)
    before = next((above for above, part in pairwise(old) if part is delta.old), None)
    return f"{_behind(delta.behind)}, was {_behind(before)}"


def container_words(part: Part | None) -> str:
    """Say what holds a part: `the branch X of Y`, `the loop X`, `the flow X`."""
    parent = part.parent if part is not None else None
    if parent is None:
        return "the file"
    if parent.kind is PartKind.BRANCH:
        around = f" of `{parent.parent.name}`" if parent.parent is not None else ""
        return f"the branch `{parent.name}`{around}"
    if parent.kind is PartKind.STEP:
        return f"the loop `{parent.name}`" if is_loop(parent) else f"`{parent.name}`"
    return f"the flow `{parent.name}`"


def moved_across_words(delta: Delta) -> str:
    """Say `moved to X, was in Y`; of a step that has left all loops and branches of its flow that it stands by itself."""
    is_out = delta.new is not None and delta.new.parent is not None and delta.new.parent.kind is PartKind.FLOW
    return (
        f"moved out of {container_words(delta.old)}"
        if is_out
        else f"moved to {container_words(delta.new)}, was in {container_words(delta.old)}"
    )


def passed(delta: Delta, scene: Scene) -> Iterator[Part]:
    """Yield the parts of the new list that a moved one stood behind and stands before now, or the other way round."""
    old, new = list_of(delta.old), list_of(delta.new)
    was, now = _place(old, delta.old), _place(new, delta.new)
    for place, part in enumerate(old):
        successor = scene.pairs.get(part)
        if part is delta.old or successor is None or list_of(successor) is not new:
            continue
        if (place < was) is not (_place(new, successor) < now):
            yield successor


def _place(parts: list[Part], part: Part | None) -> int:
    return next((place for place, one in enumerate(parts) if one is part), -1)


def _behind(part: Part | None) -> str:
    return f"behind `{part.name}`" if part is not None else "first"
