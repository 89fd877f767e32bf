"""The values below a part, merged: key by key, item by item, line by line."""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from xchange_cli.changes.comparison.part import Address
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.document.chunks import Collection, Key
from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.wanted import Fork, Piece, Swap, Wanted, kept, shape
from xchange_cli.merging.alignment import aligned, identities
from xchange_cli.merging.diff3 import merged_text
from xchange_cli.merging.order import merged_order, our_order

Same = Callable[[Address, Node | None, Node | None], bool]
Report = Callable[[Address, Node | None, Node | None], int]
"""Writes a conflict of two values down and gives its number."""


class Slot(NamedTuple):
    """An entry or item in three files, None where it is missing."""

    base: Piece | None
    ours: Piece | None
    theirs: Piece | None

    @property
    def nodes(self) -> tuple[Node | None, Node | None, Node | None]:
        base, ours, theirs = (None if piece is None else piece.node for piece in self)
        return base, ours, theirs


def slot(key: Key, base: Collection | None, ours: Collection | None, theirs: Collection | None) -> Slot:
    """Find an entry in three mappings."""
    return Slot(
        *(None if home is None or key not in home.data else kept(home, key) for home in (base, ours, theirs))
    )


class Values:
    """Merges slots. `same` compares two values at an address, `report` takes what somebody has to choose."""

    def __init__(self, same: Same, is_whole: Callable[[Address], bool], report: Report) -> None:
        self._same = same
        self._is_whole = is_whole
        self._report = report

    def merged(self, found: Slot, address: Address) -> Piece | Fork | None:
        """Give what stands in the result: ours where both mean the same."""
        base, ours, theirs = found.nodes
        if self._same(address, ours, theirs):
            return found.ours
        has_base = found.base is not None or not (found.ours and found.theirs)
        ours_changed = not has_base or not self._same(address, base, ours)
        theirs_changed = not has_base or not self._same(address, base, theirs)
        if not theirs_changed:
            return found.ours
        if found.ours is None or found.theirs is None:
            return found.theirs if not ours_changed else self._fork(found, address)
        value = self._value(found, address, is_disputed=ours_changed)
        if value is not None:
            return found.ours._replace(value=value)
        return self._fork(found, address) if ours_changed else found.theirs

    def _fork(self, found: Slot, address: Address) -> Fork:
        _, ours, theirs = found.nodes
        return Fork(self._report(address, ours, theirs), found.ours, found.base, found.theirs)

    def _value(self, found: Slot, address: Address, *, is_disputed: bool) -> Wanted | None:
        """Merge what is in two files below the place where it stands in ours; None where only the whole can be taken."""
        base, ours, theirs = found.nodes
        match ours, theirs:
            case Mapping(), Mapping():
                if is_disputed and self._is_one_decision(address, base, ours, theirs):
                    return None
                return self._mapping(base if isinstance(base, Mapping) else None, ours, theirs, address)
            case List(), List():
                lists = (base if isinstance(base, List) else None, ours, theirs)
                return self._list(lists, address, is_disputed=is_disputed)
            case Scalar(), Scalar():
                return Swap(ours, theirs) if not is_disputed else None
        return None

    def _is_one_decision(self, address: Address, base: Node | None, ours: Mapping, theirs: Mapping) -> bool:
        """Tell whether a mapping changed on both sides cannot be mixed: settings, an input that is of another type now."""
        if self._is_whole(address):
            return True
        types = [node.data.get("type") for node in (base, ours, theirs) if isinstance(node, Mapping)]
        is_input = "value" in ours.data and "type" in ours.data
        return is_input and (len(types) < 3 or types.count(types[0]) != len(types))

    def _mapping(self, base: Mapping | None, ours: Mapping, theirs: Mapping, address: Address) -> Wanted:
        found: dict[Key, Piece | Fork] = {}
        for key in dict.fromkeys((*ours.entries, *theirs.entries)):
            piece = self.text_or_merged(slot(key, base, ours, theirs), (*address, key))
            if piece is not None:
                found[key] = piece
        keys: Sequence[Key] = list(base.entries) if base is not None else []
        order = our_order(keys, list(ours.entries), list(theirs.entries), set(found))
        return shape(ours, tuple(found[key] for key in order))

    def text_or_merged(self, found: Slot, address: Address) -> Piece | Fork | None:
        """Merge texts of several lines that both sides have changed by lines, and all else as it is."""
        piece = self._by_lines(found, address)
        return piece if piece is not None else self.merged(found, address)

    def _by_lines(self, found: Slot, address: Address) -> Piece | Fork | None:
        base, ours, theirs = found.nodes
        nodes = [
            node for node in (base, ours, theirs) if isinstance(node, Scalar) and isinstance(node.data, str)
        ]
        if len(nodes) < 3 or not any("\n" in node.value for node in nodes):
            return None
        if any(self._same(address, *pair) for pair in ((base, ours), (base, theirs), (ours, theirs))):
            return None
        first, second = merged_text(*(node.value for node in nodes))
        assert found.ours is not None and isinstance(ours, Scalar)  # noqa: PT018
        mine, others = (found.ours._replace(value=Swap(ours, text)) for text in (first, second))
        if first == second:
            return mine
        return Fork(self._report(address, ours, theirs), mine, found.base, others)

    def _list(
        self, lists: tuple[List | None, List, List], address: Address, *, is_disputed: bool
    ) -> Wanted | None:
        keys = [identities(node) if node is not None else {} for node in lists]
        known = [found for found in keys if found is not None]
        if len(known) == len(keys):
            return self._keyed(lists, known, address)
        return None if is_disputed else self._aligned(lists[1], lists[2], address)

    def _keyed(
        self, lists: tuple[List | None, List, List], keys: list[dict[Hashable, int]], address: Address
    ) -> Wanted | None:
        found: dict[Hashable, Piece | Fork] = {}
        for key in dict.fromkeys((*keys[1], *keys[2])):
            pieces = [
                kept(node, places[key]) if node is not None and key in places else None
                for node, places in zip(lists, keys, strict=True)
            ]
            word = next(_word(piece.node) for piece in reversed(pieces) if piece is not None)
            piece = self.text_or_merged(Slot(*pieces), (*address, word))
            if piece is not None:
                found[key] = piece
        order = merged_order(list(keys[0]), list(keys[1]), list(keys[2]), set(found))
        if order.disputed and any(isinstance(item, Mapping) for item in lists[1].items):
            return None
        return shape(lists[1], tuple(found[key] for key in order.keys))

    def _aligned(self, ours: List, theirs: List, address: Address) -> Wanted:
        """Make our list say what theirs says: items that are equal stay, those in between go into each other."""
        pieces: list[Piece | Fork] = []
        for mine, other in aligned(ours, theirs):
            if other is not None:
                piece = kept(theirs, other)
                pieces.append(piece if mine is None else self._into(kept(ours, mine), piece, address))
        return shape(ours, tuple(pieces))

    def _into(self, ours: Piece, theirs: Piece, address: Address) -> Piece:
        if is_equal(ours.node.data, theirs.node.data):
            return ours
        value = self._value(Slot(ours, ours, theirs), (*address, str(ours.key)), is_disputed=False)
        return theirs if value is None else ours._replace(value=value)


def _word(item: Node) -> str:
    """Say which item is meant: by its name, or else by its text."""
    name = item.get("name") if isinstance(item, Mapping) else item
    return name.value if isinstance(name, Scalar) else ""
