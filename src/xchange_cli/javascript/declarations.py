"""Which names JavaScript code declares itself, and where they hold."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset(
    [
        "arrow_function",
        "class_static_block",
        "function_declaration",
        "function_expression",
        "generator_function",
        "generator_function_declaration",
        "method_definition",
        "program",
    ]
)
_BLOCKS = _FUNCTIONS | frozenset(
    ["catch_clause", "for_in_statement", "for_statement", "statement_block", "switch_body"]
)
_NAMED = frozenset(["class_declaration", "function_declaration", "generator_function_declaration"])
_NAMED_WITHIN = frozenset(["class", "function_expression", "generator_function"])
_PATTERNS = frozenset(["array_pattern", "object_pattern", "rest_pattern"])
_DEFAULTS = frozenset(["assignment_pattern", "object_assignment_pattern"])
_TAKING = {"assignment_expression": "right", "variable_declarator": "value"}
_WITH_PARAMETER = frozenset(["arrow_function", "catch_clause"])
_WHOLE = frozenset({"program"})
_IMPORTS = frozenset(["import_clause", "import_specifier", "namespace_import"])


class Place(NamedTuple):
    """A node of the syntax tree with its way to the root: the tree itself finds a parent by going down to it."""

    node: "Node"
    outer: "Place | None"

    def is_field(self, name: str) -> bool:
        """Tell whether this is the child of this name of the node around it."""
        child = self.outer.node.child_by_field_name(name) if self.outer else None
        return child is not None and child.id == self.node.id

    def outward(self) -> "Iterator[Place]":
        """Yield this place and those around it."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.outer


def walk(root: "Node") -> Iterator[Place]:
    """Yield every node in the order of the text, however deep the tree is."""
    cursor = root.walk()
    outer: Place | None = None
    while cursor.node is not None:
        place = Place(cursor.node, outer)
        yield place
        if cursor.goto_first_child():
            outer = place
            continue
        while not cursor.goto_next_sibling():
            if outer is None or not cursor.goto_parent():
                return
            outer = outer.outer


class Declarations:
    """Names with the part of the code in which each holds."""

    def __init__(self) -> None:
        self._held: set[tuple[int, str]] = set()

    def add(self, place: Place, name: str) -> None:
        """Take note of a name that is declared at a place."""
        scope = scope_of(place)
        if scope is not None:
            self._held.add((scope.node.id, name))

    def cover(self, place: Place, name: str) -> bool:
        """Tell whether the name means something of the code's own at a place."""
        return any((outer.node.id, name) in self._held for outer in place.outward())


def is_declaration(place: Place) -> bool:
    """Tell whether a name declares something: a variable, a parameter, a function, a class."""
    return scope_of(place) is not None


def is_taken_from(place: Place, objects: Collection[bytes]) -> bool:
    """Tell whether a name is a member that a pattern takes out of one of these objects: `const { name } = object`."""
    inner = place
    if place.node.type == "property_identifier" or _is_left_of_default(place):
        inner = place.outer or place
    pattern = inner.outer
    if pattern is None or pattern.outer is None or pattern.node.type != "object_pattern":
        return False
    field = _TAKING.get(pattern.outer.node.type)
    source = pattern.outer.node.child_by_field_name(field) if field else None
    return source is not None and source.type == "identifier" and source.text in objects


def _is_left_of_default(place: Place) -> bool:
    return place.outer is not None and place.outer.node.type in _DEFAULTS and place.is_field("left")


def scope_of(name: Place) -> Place | None:
    """Give the part of the code in which the name that is declared at a place holds; None where none is."""
    pattern = outermost_pattern(name)
    holder = pattern.outer
    if holder is None:
        return None
    kind = holder.node.type
    if kind == "variable_declarator" and pattern.is_field("name"):
        is_var = holder.outer is not None and holder.outer.node.type == "variable_declaration"
        return _nearest(holder, _FUNCTIONS if is_var else _BLOCKS)
    if kind == "formal_parameters":
        return holder.outer
    if kind in _WITH_PARAMETER and pattern.is_field("parameter"):
        return holder
    if kind in _NAMED and pattern.is_field("name"):
        return _nearest(holder.outer, _BLOCKS)
    if kind in _NAMED_WITHIN and pattern.is_field("name"):
        return holder
    if kind in _IMPORTS or (kind == "assignment_expression" and pattern.is_field("left")):
        return _nearest(holder, _WHOLE)
    if kind == "for_in_statement" and pattern.is_field("left"):
        declared = holder.node.child_by_field_name("kind")
        return holder if declared is not None and declared.type != "var" else _nearest(holder, _FUNCTIONS)
    return None


def outermost_pattern(name: Place) -> Place:
    """Climb from a name out of `{ a: [name = 1, ...rest] }`."""
    inner = name
    while inner.outer is not None and _is_part_of_pattern(inner, inner.outer.node.type):
        inner = inner.outer
    return inner


def _is_part_of_pattern(inner: Place, holder: str) -> bool:
    if holder in _DEFAULTS:
        return inner.is_field("left")
    if holder == "pair_pattern":
        return inner.is_field("value")
    return holder in _PATTERNS


def _nearest(place: Place | None, kinds: frozenset[str]) -> Place | None:
    return next((outer for outer in place.outward() if outer.node.type in kinds), None) if place else None
