"""Which declaration each name of a code means."""

from functools import lru_cache
from typing import NamedTuple

from xchange_cli.javascript.declarations import Place, outermost_pattern, scope_of
from xchange_cli.javascript.reading.tree import read, text_of

_NAMES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
_CHANGING = {"augmented_assignment_expression": "left", "update_expression": "argument"}


class Binding(NamedTuple):
    """A name that the code declares, with the places that declare, read and change it."""

    name: str
    declared: tuple[Place, ...]
    reads: tuple[Place, ...]
    writes: tuple[Place, ...]

    @property
    def only(self) -> Place | None:
        """The place of the declaration, if there is but one and nothing changes the name later."""
        return self.declared[0] if len(self.declared) == 1 and not self.writes else None


class Scopes(NamedTuple):
    """`by_name` gives the binding of a name's node by the node's id; `free` the names that nothing declares."""

    by_name: dict[int, Binding]
    free: dict[str, tuple[Place, ...]]

    def binding(self, place: Place) -> Binding | None:
        return self.by_name.get(place.node.id)


class _Uses(NamedTuple):
    declared: list[Place]
    reads: list[Place]
    writes: list[Place]


@lru_cache(maxsize=64)
def scopes(code: str) -> Scopes:
    names = read(code).of_kinds(*_NAMES)
    held: dict[tuple[int, str], _Uses] = {}
    others: list[tuple[Place, bool]] = []
    for place in names:
        scope, is_write = _declared_in(place)
        if scope is None:
            others.append((place, is_write))
        else:
            held.setdefault((scope.node.id, text_of(place.node)), _Uses([], [], [])).declared.append(place)
    free = _assign(others, held)
    return Scopes(_bindings(held), {name: tuple(places) for name, places in free.items()})


def _assign(others: list[tuple[Place, bool]], held: dict[tuple[int, str], _Uses]) -> dict[str, list[Place]]:
    """Put each use to the declaration that it means; give those that have none."""
    free: dict[str, list[Place]] = {}
    declared = {name for _, name in held}
    for place, is_write in others:
        name = text_of(place.node)
        around = (held.get((outer.node.id, name)) for outer in place.outward()) if name in declared else ()
        uses = next(filter(None, around), None)
        if uses is None:
            free.setdefault(name, []).append(place)
        else:
            (uses.writes if is_write else uses.reads).append(place)
    return free


def _bindings(held: dict[tuple[int, str], _Uses]) -> dict[int, Binding]:
    by_name = {}
    for (_, name), uses in held.items():
        binding = Binding(name, *map(tuple, uses))
        for place in (*uses.declared, *uses.reads, *uses.writes):
            by_name[place.node.id] = binding
    return by_name


def _declared_in(place: Place) -> tuple[Place | None, bool]:
    """Give the scope that the name at a place is declared in; without one, tell whether the name is changed."""
    pattern = outermost_pattern(place)
    holder = pattern.outer
    if holder is None:
        return None, False
    kind = holder.node.type
    if kind == "assignment_expression":
        return None, pattern.is_field("left")
    if kind in _CHANGING:
        return None, pattern.is_field(_CHANGING[kind])
    if kind == "for_in_statement" and holder.node.child_by_field_name("kind") is None:
        return None, pattern.is_field("left")
    return scope_of(place), False
