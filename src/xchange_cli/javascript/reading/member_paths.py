"""Which members of a function's parameters an expression reads."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.tree import bare, inner, named, string_value, text_of

_CHAINING = frozenset({"member_expression", "subscript_expression"})
_SHORTHAND = frozenset({"shorthand_property_identifier_pattern", "object_assignment_pattern"})


class Member(NamedTuple):
    """A member that is named outright, and the place of its name.

    `is_shorthand` where the name also declares a variable (`const { trigger } = …`), `has_default` where a pattern
    gives a default for it, `is_optional` where `?.` stands before it.
    """

    name: str
    place: Place
    is_shorthand: bool = False
    has_default: bool = False
    is_optional: bool = False


class Path(NamedTuple):
    """Members of the parameter number `root`, from outside in."""

    root: int
    members: tuple[Member, ...]

    def to(self, *members: Member) -> "Path":
        return Path(self.root, (*self.members, *members))


class Named(NamedTuple):
    """What a pattern gives to a name, or takes apart as a list."""

    place: Place
    path: Path


def parameters(function: Place) -> list[Place]:
    """Give the parameters of a function without their defaults."""
    single = inner(function, "parameter")
    if single is not None:
        return [single]
    listed = inner(function, "parameters")
    return [_without_default(place) for place in named(listed)] if listed else []


def _without_default(place: Place) -> Place:
    left = (
        inner(place, "left")
        if place.node.type in {"assignment_pattern", "object_assignment_pattern"}
        else None
    )
    return left or place


def taken(pattern: Place, path: Path) -> Iterator[Named]:
    """Yield each name that a pattern declares, with the member that it is given."""
    pattern = _without_default(pattern)
    kind = pattern.node.type
    if kind in {"identifier", "array_pattern"}:
        yield Named(pattern, path)
    elif kind == "object_pattern":
        for part in named(pattern):
            yield from _taken_part(part, path)


def _taken_part(part: Place, path: Path) -> Iterator[Named]:
    kind = part.node.type
    if kind == "rest_pattern":
        yield from (Named(name, path) for name in named(part) if name.node.type == "identifier")
    elif kind in _SHORTHAND:
        name = _without_default(part)
        member = Member(text_of(name.node), name, is_shorthand=True, has_default=name is not part)
        yield Named(name, path.to(member))
    elif kind == "pair_pattern":
        key, value = inner(part, "key"), inner(part, "value")
        taken_apart = _key(key) if key else None
        if taken_apart is not None and value is not None:
            has_default = _without_default(value) is not value
            yield from taken(value, path.to(taken_apart._replace(has_default=has_default)))


def _key(key: Place) -> Member | None:
    """Name a key of a pattern or the index of a subscript; None where it is computed."""
    if key.node.type in {"property_identifier", "number"}:
        return Member(text_of(key.node), key)
    if key.node.type == "computed_property_name":
        inside = named(key)
        return _key(inside[0]) if inside else None
    text = string_value(key.node)
    return None if text is None else Member(text, key)


class Chain(NamedTuple):
    """What is read behind a name: its members as far as they are named, and the place of the whole.

    `is_whole` is False where another member follows, one that is computed or called; `is_doubted` where that one is
    behind `?.`. `called` is that one if it is a method that is named outright.
    """

    members: tuple[Member, ...]
    place: Place
    is_whole: bool = True
    is_doubted: bool = False
    called: Member | None = None


def chain(name: Place) -> Chain:
    """Follow `name.a["b"]?.c` outward; a method that is called is no member of the chain."""
    members: list[Member] = []
    place = name
    while (outer := place.outer) is not None:
        if outer.node.type != "parenthesized_expression":
            if outer.node.type not in _CHAINING or not place.is_field("object"):
                break
            member = _member(outer)
            if member is None or _is_called(outer):
                doubted = _is_optional(outer)
                return Chain(tuple(members), place, is_whole=False, is_doubted=doubted, called=member)
            members.append(member)
        place = outer
    return Chain(tuple(members), place)


def _member(place: Place) -> Member | None:
    key = inner(place, "property") or inner(place, "index")
    member = _key(bare(key)) if key else None
    return member._replace(is_optional=_is_optional(place)) if member else None


def _is_optional(place: Place) -> bool:
    return any(child.type == "optional_chain" for child in place.node.children)


def _is_called(place: Place) -> bool:
    return (
        place.outer is not None and place.outer.node.type == "call_expression" and place.is_field("function")
    )
