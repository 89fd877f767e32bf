"""What a document is to become: a tree over the nodes of one text, with parts taken from others, and open choices.

A tree is changed in place by `reshape`: everything that is the same node at the same place keeps its characters.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from xchange_cli.document.chunks import Collection, Key
from xchange_cli.document.node import Mapping, Node, Scalar

Side = Literal["ours", "base", "theirs"]
SIDES: tuple[Side, ...] = ("ours", "base", "theirs")


class Keep(NamedTuple):
    """A value as its text has it."""

    node: Node


class Swap(NamedTuple):
    """Another single value in the place of `node`: a text, or a scalar of another document."""

    node: Scalar
    value: "str | Scalar"


class Shape(NamedTuple):
    """A collection with these entries or items, in this order; `node` is what it is written like."""

    node: Collection
    pieces: "tuple[Piece | Fork, ...]"


Wanted = Keep | Swap | Shape


class Piece(NamedTuple):
    """An entry or item. `home` and `key` tell where it is written now; `value` is about the node that stands there."""

    home: Collection
    key: Key
    value: Wanted

    @property
    def node(self) -> Node:
        return child(self.home, self.key)


class Fork(NamedTuple):
    """A choice that somebody has to make; None: nothing stands here. `number` is that of the conflict."""

    number: int
    ours: Piece | None
    base: Piece | None
    theirs: Piece | None

    def side(self, side: Side) -> Piece | None:
        match side:
            case "ours":
                return self.ours
            case "base":
                return self.base
            case "theirs":
                return self.theirs


def child(home: Collection, key: Key) -> Node:
    if isinstance(home, Mapping):
        return home.entries[str(key)].value
    return home.items[int(key)]


def keys_of(node: Collection) -> tuple[Key, ...]:
    return tuple(node.entries) if isinstance(node, Mapping) else tuple(range(len(node.items)))


def kept(home: Collection, key: Key) -> Piece:
    """Take an entry or item as it is."""
    return Piece(home, key, Keep(child(home, key)))


def shape(node: Collection, pieces: "tuple[Piece | Fork, ...]") -> Wanted:
    """Make a collection; one that is as it was is kept."""
    is_same = len(pieces) == len(keys_of(node)) and all(
        isinstance(piece, Piece) and piece.home is node and piece.key == key and isinstance(piece.value, Keep)
        for piece, key in zip(pieces, keys_of(node), strict=True)
    )
    return Keep(node) if is_same else Shape(node, pieces)


def forks(value: Wanted) -> Iterator[int]:
    """Yield the numbers of the choices that are open in a value."""
    if isinstance(value, Shape):
        for piece in value.pieces:
            yield from forks_in(piece)


def forks_in(piece: Piece | Fork) -> Iterator[int]:
    """Yield the numbers of the outermost choices: what is open within one comes after it."""
    if isinstance(piece, Fork):
        yield piece.number
    else:
        yield from forks(piece.value)


def chosen(value: Wanted, side: Side) -> Wanted:
    """Make all choices for one side."""
    if not isinstance(value, Shape):
        return value
    made = (chosen_piece(piece, side) for piece in value.pieces)
    return shape(value.node, tuple(piece for piece in made if piece is not None))


def chosen_piece(piece: Piece | Fork, side: Side) -> Piece | None:
    if isinstance(piece, Fork):
        inner = piece.side(side)
        return None if inner is None else chosen_piece(inner, side)
    return piece._replace(value=chosen(piece.value, side))


def data_of(value: Wanted) -> Any:
    """Give the plain data that a tree without choices says."""
    match value:
        case Keep(node):
            return node.data
        case Swap(_, new):
            return new if isinstance(new, str) else new.data
        case Shape(node, pieces):
            whole = [piece for piece in pieces if isinstance(piece, Piece)]
            if isinstance(node, Mapping):
                return {str(piece.key): data_of(piece.value) for piece in whole}
            return [data_of(piece.value) for piece in whole]
