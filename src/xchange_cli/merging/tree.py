"""The parts of three files → the tree that the result is to be, over our nodes."""

from collections.abc import Iterable

from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.comparison.parts import WHOLE, fields_at, name_key
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.changes.comparison.values import is_same
from xchange_cli.document.chunks import Key
from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.wanted import Fork, Piece, Shape, Swap, Wanted, kept, shape
from xchange_cli.merging.found import Conflicts
from xchange_cli.merging.knot import PERSONS, WITHOUT_ORDER, Knot, Knots, Person
from xchange_cli.merging.order import merged_order, our_order
from xchange_cli.merging.presence import Presence
from xchange_cli.merging.renames import Names
from xchange_cli.merging.values import Slot, Values, slot
from xchange_cli.source import Span

_LISTS = {
    PartKind.INTEGRATION: ("requiredConfigVars", "configPages", "flows"),
    PartKind.FLOW: ("steps",),
    PartKind.BRANCH: ("steps",),
    PartKind.STEP: ("steps", "branches"),
    PartKind.PAGE: ("elements",),
}


class Tree:
    """Builds the tree.

    `names` has the two names of parts that both sides have named, or one side could not; `before` has what was renamed.
    """

    def __init__(
        self,
        knots: Knots,
        presence: Presence,
        names: dict[Knot, Names],
        before: dict[Knot, str],
        conflicts: Conflicts,
    ) -> None:
        self._knots = knots
        self._presence = presence
        self._names = names
        self._before = before
        self._conflicts = conflicts
        self._members: dict[tuple[Knot, str], dict[Knot, None]] = {}
        for knot, stands in presence.stands.items():
            for place in stands.values():
                self._members.setdefault((place.around, place.key), {})[knot] = None

    def root(self) -> Wanted:
        return self._value(self._knots.root)

    def _value(self, knot: Knot) -> Wanted:
        """Merge what a part says; one that only one side has is as that side has it."""
        base = knot.base if knot.is_in_all else None
        parts = (base, knot.ours, knot.theirs)
        nodes = [None if part is None else part.node for part in parts]
        frame = knot.part.node
        values = self._values(knot)
        is_of_one = None in {knot.ours, knot.theirs}
        found: dict[Key, Piece | Fork] = {}
        for key in dict.fromkeys(
            key for node in (nodes[1], nodes[2], nodes[0]) if node is not None for key in node.entries
        ):
            piece = self._entry(knot, key, None if is_of_one else values, slot(key, *nodes))
            if piece is not None:
                found[key] = piece
        for key in self._keys_of_lists(knot):
            if key not in found and self._members.get((knot, key)):
                piece = self._list(knot, key, slot(key, *nodes))
                if piece is not None:
                    found[key] = piece
        base_keys, our_keys, their_keys = (
            list[Key](node.entries) if node is not None else [] for node in nodes
        )
        order = our_order(base_keys, our_keys, their_keys, set(found))
        rest = [key for key in found if key not in order]
        return shape(frame, tuple(found[key] for key in (*order, *rest)))

    def _keys_of_lists(self, knot: Knot) -> Iterable[str]:
        return _LISTS.get(knot.part.kind, ())

    def _entry(self, knot: Knot, key: str, values: Values | None, found: Slot) -> Piece | Fork | None:
        if key in self._keys_of_lists(knot) and self._is_list(found, knot, key):
            return self._list(knot, key, found)
        if key == name_key(knot.part.kind) and knot in self._names:
            return self._name(knot, found)
        return (found.ours or found.theirs) if values is None else values.text_or_merged(found, (key,))

    def _is_list(self, found: Slot, knot: Knot, key: str) -> bool:
        return bool(self._members.get((knot, key))) or all(
            piece is None or isinstance(piece.node, List) for piece in found
        )

    def _name(self, knot: Knot, found: Slot) -> Piece | Fork | None:
        names, home = self._names[knot], found.ours
        if home is None or not isinstance(home.node, Scalar):
            return home
        what = f"called `{names.ours}` by one side, `{names.theirs}` by the other"
        number = self._conflicts.add(knot, ("name",), what, (_span(knot.ours), _span(knot.theirs)))
        sides = (
            home._replace(value=Swap(home.node, name)) for name in (names.ours, names.base, names.theirs)
        )
        return Fork(number, *sides)

    def _list(self, knot: Knot, key: str, found: Slot) -> Piece | Fork | None:
        """Give the entry with the parts that stand there; without parts, it is there if it was not removed."""
        pieces = self._pieces(knot, key)
        homes = [
            piece
            for piece in (found.ours, found.theirs, found.base)
            if piece and isinstance(piece.node, List)
        ]
        if not pieces and not _is_there(found):
            return None
        if not homes:
            return found.ours or found.theirs
        home = homes[0]
        assert isinstance(home.node, List)
        return home._replace(value=shape(home.node, pieces))

    def _pieces(self, knot: Knot, key: str) -> tuple[Piece | Fork, ...]:
        members = self._members.get((knot, key), {})
        base, ours, theirs = (self._knots.children(knot, key, side) for side in ("base", "ours", "theirs"))
        order, disputed = merged_order(base, ours, theirs, set(members))
        if key in WITHOUT_ORDER:
            order, disputed = our_order(base, ours, theirs, set(members)), {}
        pieces: list[tuple[Knot, Piece | Fork]] = []
        for member in order:
            persons = self._persons(knot, key, member)
            pieces.append((member, self._member(member, ["ours"] if member in disputed else persons)))
        for member, behind in disputed.items():
            before = [number for number, (one, _) in enumerate(pieces) if one is behind]
            pieces.insert(before[-1] + 1 if before else 0, (member, self._member(member, ["theirs"])))
        return tuple(piece for _, piece in pieces)

    def _persons(self, knot: Knot, key: str, member: Knot) -> list[Person]:
        stands = self._presence.stands.get(member, {})
        return [one for one in PERSONS if one in stands and stands[one] == (knot, key)]

    def _member(self, member: Knot, persons: list[Person]) -> Piece | Fork:
        piece = self._piece(member)
        return piece if len(persons) == len(PERSONS) else self._choice(member, piece, persons)

    def _choice(self, member: Knot, piece: Piece, persons: list[Person]) -> Fork:
        base = None
        if member in self._presence.removed and member.base is not None:
            base = self._base(member, *self._knots.home(member.base))
        number = self._conflicts.add(
            member, (), self._why(member), (_span(member.ours), _span(member.theirs))
        )
        ours, theirs = (piece if person in persons else None for person in PERSONS)
        return Fork(number, ours, base, theirs)

    def _base(self, member: Knot, home: List, index: int) -> Piece:
        """Give a part as the base has it, with the name that it had."""
        node, key = home.items[index], name_key(member.part.kind)
        name = node.entries.get(key) if isinstance(node, Mapping) else None
        if member not in self._before or name is None or not isinstance(name.value, Scalar):
            return kept(home, index)
        assert isinstance(node, Mapping)
        swap = Piece(node, key, Swap(name.value, self._before[member]))
        return Piece(
            home, index, Shape(node, tuple(swap if one == key else kept(node, one) for one in node.entries))
        )

    def _why(self, member: Knot) -> str:
        if member in self._presence.removed:
            is_needed = self._presence.is_only_needed(member)
            how = "still used" if is_needed else "renamed" if member in self._before else "changed"
            return f"removed by one side, {how} by the other"
        if None in {member.ours, member.theirs}:
            return "both sides have given this name"
        return "at different places"

    def _piece(self, knot: Knot) -> Piece:
        home, index = self._knots.home(knot.part)
        return Piece(home, index, self._value(knot))

    def _values(self, knot: Knot) -> Values:
        def same(address: Address, one: Node | None, other: Node | None) -> bool:
            return _is_same(knot.part, address, one, other)

        def report(address: Address, ours: Node | None, theirs: Node | None) -> int:
            first, second = (None if node is None else node.span for node in (ours, theirs))
            return self._conflicts.add(knot, address, "changed on both sides", (first, second))

        return Values(same, lambda address: address[0] in WHOLE, report)


def _is_there(found: Slot) -> bool:
    """Tell whether a list without parts is in the result: what one side has changed counts."""
    base, ours, theirs = (piece is not None for piece in found)
    return ours if theirs in {ours, base} else theirs


def _is_same(part: Part, address: Address, one: Node | None, other: Node | None) -> bool:
    """Compare by meaning what is a field, and by what it says what is below one; what is above one, field by field."""
    if one is None and other is None:
        return True
    if _is_below_field(address):
        return one is not None and other is not None and is_equal(one.data, other.data)
    first, second = ({} if node is None else dict(fields_at(address, node)) for node in (one, other))
    return all(
        is_same(part, key, first.get(key), second.get(key)) for key in dict.fromkeys((*first, *second))
    )


def _is_below_field(address: Address) -> bool:
    deepest = 1 if address[0] in WHOLE else 2 if address[0] in {"inputs", "schemas"} else len(address)
    return len(address) > deepest


def _span(part: Part | None) -> Span | None:
    return None if part is None else part.node.span
