"""Comments that theirs has written or changed, put into our text: above an entry or item, behind a value, and below.

None is taken away: a file that was exported anew has no comments, and means nothing by it. None is lost either, but with
a part or key that ours has removed: what has no line of its own in ours has its comments above what it is in, and items
of a list that ours has removed have theirs at its end.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.changes.comparison.matching import match
from xchange_cli.changes.comparison.part import Part
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.document.chunks import Collection, Key
from xchange_cli.document.edit import apply
from xchange_cli.document.node import Mapping, Node, Sequence
from xchange_cli.document.parse import Document, parse
from xchange_cli.document.wanted import child
from xchange_cli.merging.alignment import aligned, identities
from xchange_cli.merging.comment_edits import Carried, Known, Stray, edits_of
from xchange_cli.merging.commented import Commented, Cut
from xchange_cli.merging.knot import Knots
from xchange_cli.model.build import build
from xchange_cli.source import Source


class _Place(NamedTuple):
    """Where something stands: in which collection, under which key or at which position."""

    home: Collection
    key: Key

    @property
    def node(self) -> Node:
        return child(self.home, self.key)


class _Places(NamedTuple):
    """Where something stands in three files; the base may be without it."""

    base: _Place | None
    ours: _Place
    theirs: _Place


def with_their_comments(base: Document, ours: Document, theirs: Document) -> Document:
    """Give our document with the comments that theirs alone has changed, and with those that both have."""
    was, other = (Counter(document.source.text.splitlines()) for document in (base, theirs))
    if not any("#" in line for line in other - was):
        return ours
    edits = edits_of(_found(base, ours, theirs), Known.of(base.source, ours.source, theirs.source))
    if not edits:
        return ours
    source = ours.source
    text = apply(source, edits)
    again = parse(Source(source.name, text, encoding=source.encoding, has_bom=source.has_bom))
    return again if not again.diagnostics and is_equal(again.data, ours.data) else ours


def _found(base: Document, ours: Document, theirs: Document) -> Iterator[Carried | Stray]:
    """Yield what ours and theirs have, with what it was."""
    built = [build(document.root) for document in (base, ours, theirs)]
    first, second, third = (read_parts(one) for one in built if one is not None)
    knots = Knots(first, second, third, {"ours": match(first, second), "theirs": match(first, third)})
    walk = _Walk()
    for knot in knots:
        if knot.ours is None or knot.theirs is None:
            continue
        if knot is knots.root:
            yield from walk.top(first.node, second.node, third.node)
            home = None
        else:
            was = None if knot.base is None else _Place(*knots.home(knot.base))
            places = _Places(was, _Place(*knots.home(knot.ours)), _Place(*knots.home(knot.theirs)))
            home = walk.around(knots, knot.ours)
            yield from walk.one(places, home)
            home = walk.entry(places.ours) or home
        before = None if knot.base is None else knot.base.node
        yield from walk.within(before, knot.ours.node, knot.theirs.node, home, set(knot.part.children))


class _Walk:
    """Goes through what is in three files, side by side."""

    def __init__(self) -> None:
        self._cut = Cut()

    def entry(self, place: _Place) -> Commented | None:
        return self._cut.entry(*place)

    def top(self, base: Mapping, ours: Mapping, theirs: Mapping) -> Iterator[Carried]:
        """Yield the files themselves, with what stands above their first keys."""
        was, mine, other = (self._cut.top(root) for root in (base, ours, theirs))
        if mine is not None and other is not None:
            yield Carried(was, mine, other)

    def around(self, knots: Knots, part: Part) -> Commented | None:
        """Give the innermost part around one that has lines of its own."""
        around = (self._cut.entry(*knots.home(one)) for one in part.above() if one.parent is not None)
        return next((one for one in around if one is not None), None)

    def within(
        self, base: Node | None, ours: Node, theirs: Node, home: Commented | None, lists: set[str]
    ) -> Iterator[Carried | Stray]:
        """Yield what is below three nodes; the parts in `lists` are looked for by what they are."""
        if isinstance(ours, Sequence) and isinstance(theirs, Sequence):
            yield from self._left_over(base, ours, theirs, home)
        for places in _common(base, ours, theirs):
            yield from self.one(places, home)
            if places.ours.key not in lists:
                was = None if places.base is None else places.base.node
                inner = self.entry(places.ours) or home
                yield from self.within(was, places.ours.node, places.theirs.node, inner, set())

    def one(self, places: _Places, home: Commented | None) -> Iterator[Carried | Stray]:
        """Yield what stands in ours and in theirs; where it has no lines in ours, its comments are for `home`."""
        mine, other = self.entry(places.ours), self.entry(places.theirs)
        if other is None:
            return
        if mine is not None:
            yield Carried(None if places.base is None else self.entry(places.base), mine, other)
            yield Stray(mine, other.in_brackets, is_below=False)
        elif home is not None:
            yield Stray(home, (*other.comments, *other.in_brackets), is_below=False)

    def _left_over(
        self, base: Node | None, ours: Sequence, theirs: Sequence, home: Commented | None
    ) -> Iterator[Stray]:
        """Yield the comments of items that only theirs has, unless they come with these: it has added them then."""
        is_added = base is None or not is_equal(base.data, theirs.data)
        if is_added or _are_named(ours, theirs):
            return
        last = self._cut.last(ours)
        around = last or home
        for mine, other in aligned(ours, theirs):
            if mine is None and other is not None and around is not None:
                comments = tuple(self._cut.comments(theirs, other))
                yield Stray(around, comments, is_below=last is not None)


def _common(base: Node | None, ours: Node, theirs: Node) -> Iterator[_Places]:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for key in theirs.entries:
            if key in ours.entries:
                is_old = isinstance(base, Mapping) and key in base.entries
                was = _Place(base, key) if is_old and isinstance(base, Mapping) else None
                yield _Places(was, _Place(ours, key), _Place(theirs, key))
    elif isinstance(ours, Sequence) and isinstance(theirs, Sequence):
        before = base if isinstance(base, Sequence) else None
        then = {} if before is None else _pairs(theirs, before)
        for other, mine in _pairs(theirs, ours).items():
            was = _Place(before, then[other]) if before is not None and other in then else None
            yield _Places(was, _Place(ours, mine), _Place(theirs, other))


def _are_named(one: Sequence, other: Sequence) -> bool:
    return identities(one) is not None and identities(other) is not None


def _pairs(one: Sequence, other: Sequence) -> dict[int, int]:
    """Give the positions in the other list of what both have: by what it is, else by what it says and where it stands."""
    first, second = identities(one), identities(other)
    if first is not None and second is not None:
        return {at: second[name] for name, at in first.items() if name in second}
    return {at: there for at, there in aligned(one, other) if at is not None and there is not None}
