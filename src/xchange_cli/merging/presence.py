"""Which parts the result has, for whom, and where they stand."""

from collections.abc import Container, Iterator

from xchange_cli.changes.comparison.values import is_same
from xchange_cli.merging.knot import PERSONS, WITHOUT_ORDER, Knot, Knots, Person, Place, other
from xchange_cli.merging.order import has_moved

Stands = dict[Person, Place]
"""Where a part stands, for each choice; a part that is missing for one side's choice has no place there."""


class Presence:
    """`stands` has all parts of the result but the integration; `removed` those that one side removed and the other needs.

    `needed` are parts that something refers to, so that their removal is a choice; `rivals` are those that one side added
    under a name that the other side has given as well. `renamed` are parts that one side calls by another name than the
    base, though all three files have one name by now.
    """

    def __init__(
        self, knots: Knots, needed: set[Knot], rivals: set[Knot], renamed: Container[Knot] = ()
    ) -> None:
        self._knots = knots
        self._needed = {around for knot in needed for around in _with_above(knots, knot)}
        self._rivals = rivals
        self._touched = {person: set(_touched(knots, person, renamed)) for person in PERSONS}
        self.removed: set[Knot] = set()
        self.stands: dict[Knot, Stands] = {}
        for knot in knots:
            if knot is not knots.root:
                self.stands[knot] = self._stand(knot)
        self._settle()

    def is_only_needed(self, knot: Knot) -> bool:
        """Tell whether the side that still has a part has not changed it."""
        return not any(knot in self._touched[person] for person in PERSONS if knot.of(person) is not None)

    def is_there(self, knot: Knot, person: Person) -> bool:
        """Tell whether the result has a part when all is chosen for one side."""
        return self._is_reached(knot, person)

    def is_lost(self, knot: Knot, person: Person) -> bool:
        """Tell whether a part is missing that a side has, though the other has not removed it."""
        is_wanted = knot.of(person) is not None and bool(self.stands[knot])
        return is_wanted and not self._is_reached(knot, person)

    def _stand(self, knot: Knot) -> Stands:
        for person in PERSONS:
            mine, theirs = knot.of(person), knot.of(other(person))
            if mine is not None and theirs is None:
                return self._of_one(knot, person)
        return self._of_both(knot)

    def _of_one(self, knot: Knot, person: Person) -> Stands:
        """Place what only one side has: it has added it, or the other has removed it."""
        place = self._knots.place(knot, person)
        assert place is not None
        if knot.base is None:
            return {person: place} if knot in self._rivals else dict.fromkeys(PERSONS, place)
        is_needed = knot in self._needed or knot in self._touched[person]
        if is_needed or self._is_in_removed(knot, person):
            self.removed.add(knot)
            return {person: place}
        return {}

    def _is_in_removed(self, knot: Knot, person: Person) -> bool:
        part = knot.of(person)
        parent = self._knots.of[part.parent] if part is not None and part.parent is not None else None
        if parent is None or parent.of(other(person)) is not None or parent.base is None:
            return False
        return bool(self._of_one(parent, person))

    def _of_both(self, knot: Knot) -> Stands:
        base, ours, theirs = (self._knots.place(knot, side) for side in ("base", "ours", "theirs"))
        if ours is None or theirs is None:
            return {}
        if ours == theirs or base is None:
            return dict.fromkeys(PERSONS, ours)
        stands: Stands = {"ours": ours, "theirs": theirs}
        for person in PERSONS:
            if stands[person] == base and not self._is_moved_within(knot, base, person):
                return dict.fromkeys(PERSONS, stands[other(person)])
        return stands

    def _is_moved_within(self, knot: Knot, place: Place, person: Person) -> bool:
        """Tell whether a side that has left a part in its list has moved it there."""
        was, now = (self._knots.children(*place, side) for side in ("base", person))
        return place.key not in WITHOUT_ORDER and has_moved(knot, was, now)

    def _settle(self) -> None:
        """Leave parts where their own side has them if the place that was meant is not there for its choice."""
        for _ in range(len(self.stands)):
            lost = [
                (knot, person)
                for knot, stands in self.stands.items()
                for person, place in stands.items()
                if knot.of(person) is not None
                and place != self._knots.place(knot, person)
                and not self._is_reached(knot, person)
            ]
            if not lost:
                return
            for knot, person in lost:
                place = self._knots.place(knot, person)
                assert place is not None
                self.stands[knot][person] = place

    def _is_reached(self, knot: Knot, person: Person) -> bool:
        seen: set[Knot] = set()
        while knot is not self._knots.root:
            place = self.stands[knot].get(person)
            if place is None or knot in seen:
                return False
            seen.add(knot)
            knot = place.around
        return True


def _with_above(knots: Knots, knot: Knot) -> Iterator[Knot]:
    """Yield a part that only one side still has, and all that this is in: without them it would be nowhere."""
    yield knot
    yield from (knots.of[above] for above in knot.part.above())


def _touched(knots: Knots, person: Person, renamed: Container[Knot]) -> Iterator[Knot]:
    """Yield what a side has changed, and all that this is in, before and now."""
    for knot in knots:
        was, now = knot.base, knot.of(person)
        if was is None or now is None:
            continue
        is_renamed = knot in renamed and knot.of(other(person)) is None
        if not is_renamed and not _is_changed(knots, knot, person):
            continue
        for part in (was, now):
            yield knot
            yield from (knots.of[above] for above in part.above())


def _is_changed(knots: Knots, knot: Knot, person: Person) -> bool:
    was, now = knot.base, knot.of(person)
    assert was is not None and now is not None  # noqa: PT018
    if was.name != now.name or knots.place(knot, "base") != knots.place(knot, person):
        return True
    addresses = dict.fromkeys((*was.fields, *now.fields))
    if any(not is_same(now, one, was.fields.get(one), now.fields.get(one)) for one in addresses):
        return True
    keys = dict.fromkeys((*was.children, *now.children))
    return any(knots.children(knot, key, "base") != knots.children(knot, key, person) for key in keys)
