"""One merge of three files that can be read, proved by reading what was written."""

from typing import NamedTuple

from xchange_cli.changes.comparison.part import Part
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.hunks import Hunk, Lines
from xchange_cli.document.parse import Document, parse
from xchange_cli.document.reshape import reshaped
from xchange_cli.document.wanted import Wanted, chosen, data_of
from xchange_cli.merging.doubts import called, collisions, dangling, removed_by_one
from xchange_cli.merging.found import Conflict, Conflicts
from xchange_cli.merging.knot import PERSONS, Knot, Person
from xchange_cli.merging.presence import Presence
from xchange_cli.merging.renames import Three, integration_of, with_one_name
from xchange_cli.merging.tree import Tree
from xchange_cli.model.build import build
from xchange_cli.source import Source

_ROUNDS = 8
"""Each round makes more a choice; that so many do not suffice has not been seen."""

Position = tuple[int, int, int]
"""Where a part is among those of the base, of ours and of theirs; -1 where it is missing."""


class Attempt(NamedTuple):
    lines: Lines
    conflicts: list[Conflict]


class _Choices(NamedTuple):
    """What the rounds so far have found to be somebody's choice."""

    refused: frozenset[int] = frozenset()
    needed: frozenset[Position] = frozenset()
    rivals: frozenset[Position] = frozenset()


def attempt(base: Document, ours: Document, theirs: Document, catalog: Catalog) -> Attempt | None:
    """Merge; None where what was written does not say what was meant."""
    choices = _Choices()
    for _ in range(_ROUNDS):
        three = with_one_name(base, ours, theirs, catalog, choices.refused)
        positions = _positions(three)
        chosen_so_far = [{knot for knot, at in positions.items() if at in one} for one in choices[1:]]
        presence = Presence(three.knots, chosen_so_far[0], chosen_so_far[1], three.renamed)
        conflicts = Conflicts({knot.part: names.ours for knot, names in three.disputed.items()})
        root = Tree(three.knots, presence, three.disputed, three.before, conflicts).root()
        lines = reshaped(three.ours.source, root)
        documents = {person: _document(lines, person) for person in PERSONS}
        if not all(_is_meant(root, presence, person, documents[person]) for person in PERSONS):
            return None
        more = _doubts(three, presence, documents, positions, choices, catalog)
        if more == choices:
            return Attempt(lines, conflicts.all)
        choices = more
    return None


def _document(lines: Lines, person: Person) -> Document:
    return parse(
        Source("merged", "".join(getattr(one, person) if isinstance(one, Hunk) else one for one in lines))
    )


def _is_meant(root: Wanted, presence: Presence, person: Person, document: Document) -> bool:
    """Tell whether a side's text says what its tree does, and has all the parts that it should."""
    if document.diagnostics or not is_equal(document.data, data_of(chosen(root, person))):
        return False
    integration = build(document.root)
    count = sum(1 for _ in read_parts(integration).walk()) if integration is not None else 0
    return count == 1 + sum(presence.is_there(knot, person) for knot in presence.stands) and not any(
        presence.is_lost(knot, person) for knot in presence.stands
    )


def _doubts(
    three: Three,
    presence: Presence,
    documents: dict[Person, Document],
    positions: dict[Knot, Position],
    choices: _Choices,
    catalog: Catalog,
) -> _Choices:
    """Add what turns out to be a choice when the result is looked at as a whole."""
    refused, needed, rivals = set(choices.refused), set(choices.needed), set(choices.rivals)
    for group in collisions(three.knots, presence, three.renamed):
        for knot in group:
            if knot in three.renamed:
                refused.add(three.renamed[knot])
            elif knot.base is None and None in {knot.ours, knot.theirs}:
                rivals.add(positions[knot])
    gone = [knot for knot in removed_by_one(three.knots) if knot not in presence.removed]
    if gone:
        known = dangling(integration_of(three.ours), catalog) | dangling(
            integration_of(three.theirs), catalog
        )
        for person in PERSONS:
            names = dangling(integration_of(documents[person]), catalog) - known
            needed |= {positions[knot] for knot in gone if called(knot, names)}
    return _Choices(frozenset(refused), frozenset(needed), frozenset(rivals))


def _positions(three: Three) -> dict[Knot, Position]:
    numbers: dict[Part | None, int] = {None: -1}
    root = three.knots.root
    for side in (root.base, root.ours, root.theirs):
        numbers.update({part: number for number, part in enumerate(side.walk())} if side is not None else {})
    return {knot: (numbers[knot.base], numbers[knot.ours], numbers[knot.theirs]) for knot in three.knots}
