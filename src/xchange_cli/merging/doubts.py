"""What is wrong with a merged integration though no two changes were at one place: names given twice, uses of what is gone."""

from collections import Counter
from collections.abc import Container, Hashable, Iterator

from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.components.catalog import Catalog
from xchange_cli.expression.step_names import step_ref
from xchange_cli.merging.knot import PERSONS, Knot, Knots
from xchange_cli.merging.presence import Presence
from xchange_cli.model.integration import Integration

_NAMED = frozenset([PartKind.CONFIG_VAR, PartKind.PAGE, PartKind.FLOW, PartKind.STEP, PartKind.BRANCH])


def collisions(knots: Knots, presence: Presence, renamed: Container[Knot]) -> Iterator[list[Knot]]:
    """Yield parts that have got one name though no side has called them all like that."""
    found: dict[Hashable, list[Knot]] = {}
    for knot, stands in presence.stands.items():
        if stands and knot.part.kind in _NAMED and knot.part.name:
            found.setdefault(_scope(knots, knot), []).append(knot)
    for group in found.values():
        has_all = [all(knot.of(person) is not None for knot in group) for person in PERSONS]
        if len(group) > 1 and (not any(has_all) or any(knot in renamed for knot in group)):
            yield group


def _scope(knots: Knots, knot: Knot) -> Hashable:
    """Give what no other part may share: the kind, where, and the name; for steps their key in the flow."""
    part = knot.part
    if part.kind is PartKind.STEP:
        flow = part.within(PartKind.FLOW)
        return part.kind, knots.of[flow] if flow is not None else None, step_ref(part.name)
    around = knots.of[part.parent] if part.parent is not None else None
    return part.kind, around, part.name


def dangling(integration: Integration, catalog: Catalog) -> Counter[str]:
    """Count the names that are used and lead nowhere."""
    from xchange_cli.renaming.in_file import names_in_file
    from xchange_cli.renaming.lookup import Lookup
    from xchange_cli.validation.facts import Facts

    lookup = Lookup(Facts(integration, catalog))
    return Counter(
        named.node.value[named.start : named.end] for named in names_in_file(lookup) if named.target is None
    )


def removed_by_one(knots: Knots) -> list[Knot]:
    """Give the parts that one side has removed."""
    return [knot for knot in knots if knot.base is not None and (knot.ours is None) != (knot.theirs is None)]


def called(knot: Knot, names: Container[str]) -> bool:
    """Tell whether one of the names is that of a part, as references have it or as it is."""
    name = knot.part.name
    return bool(name) and (name in names or (knot.part.kind is PartKind.STEP and step_ref(name) in names))
