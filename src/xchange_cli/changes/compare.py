"""Two versions of an integration → what changed in meaning, graded."""

from typing import NamedTuple

from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.comparison.comparison import compare_parts
from xchange_cli.changes.comparison.delta import Comparison, Delta, What
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.changes.grouping import grouped
from xchange_cli.changes.judging import changes_of
from xchange_cli.changes.kind import Move, Scene
from xchange_cli.components.catalog import Catalog
from xchange_cli.model.integration import Integration


class Side(NamedTuple):
    """`name` is what messages call it: a path, `orders@3`."""

    name: str
    integration: Integration


def compare(
    old: Side | None, new: Side | None, catalog: Catalog, key: str = "", move: Move | None = None
) -> ChangeSet:
    """Give all changes, in the order of the new file; None is an integration that is not there.

    `key` is that of the integration, part of every fingerprint. `move` tells that it was another one before.
    """
    comparison = _compared(old, new, catalog)
    moved = (Delta(What.MOVED, comparison.old, comparison.new),) if move is not None else ()
    deltas = (*moved, *grouped(comparison))
    scene = Scene(comparison.old, comparison.new, catalog, comparison.pairs, move)
    changes = changes_of(deltas, scene, key)
    was, now = (side.name if side is not None else "" for side in (old, new))
    return ChangeSet(key, was, now, changes, deltas, old.integration if old is not None else None)


def _compared(old: Side | None, new: Side | None, catalog: Catalog) -> Comparison:
    """Compare two sides; one that is missing counts as the other one, that appeared or went away."""
    if old is not None and new is not None:
        return compare_parts(old.integration, new.integration, catalog)
    side = new or old
    if side is None:
        raise ValueError("nothing to compare: both sides are missing")
    whole = read_parts(side.integration)
    what = What.ADDED if new is not None else What.REMOVED
    delta = Delta(what, None if old is None else whole, None if new is None else whole)
    return Comparison(whole, whole, (delta,), {})
