"""The syntax tree of a code, made once for all who ask."""

from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from xchange_cli.javascript.declarations import Place

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

FUNCTIONS = frozenset(
    [
        "arrow_function",
        "function_declaration",
        "function_expression",
        "generator_function",
        "generator_function_declaration",
        "method_definition",
    ]
)
"""Nodes with a body of their own, in which `return` and `await` belong to them."""

_COMMENTS = frozenset({"comment", "html_comment"})

_new = tuple.__new__
"""Makes a `Place` in half the time that its own constructor takes."""

_KEPT = 64
"""Codes whose trees are kept: the steps of a file and some more, since the rules ask one after the other."""


class Code:
    """A JavaScript text with its tree. Nodes count bytes; `span` gives offsets in the text, in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "replace")
        self.root = parser().parse(self.data).root_node
        self._is_ascii = len(self.data) == len(text) and text.isascii()

    @cached_property
    def _places(self) -> tuple[list[str], list[Place]]:
        """Every named node but comments, in the order of the text: their types, and where they are."""
        kinds: list[str] = []
        places: list[Place] = []
        waiting = [Place(self.root, None)]
        while waiting:
            place = waiting.pop()
            node = place.node
            kind = node.type
            if kind in _COMMENTS:
                continue
            kinds.append(kind)
            places.append(place)
            children = node.named_children
            if children:
                children.reverse()
                waiting += [_new(Place, (child, place)) for child in children]
        return kinds, places

    def of_kinds(self, *kinds: str) -> list[Place]:
        """Give the places of nodes of these types, in the order of the text."""
        return [place for kind, place in zip(*self._places, strict=True) if kind in kinds]

    def offset(self, byte: int) -> int:
        return byte if self._is_ascii else len(self.data[:byte].decode("utf-8", "replace"))

    def span(self, node: "Node") -> tuple[int, int]:
        return self.offset(node.start_byte), self.offset(node.end_byte)


@lru_cache(maxsize=_KEPT)
def read(code: str) -> Code:
    return Code(code)


@cache
def parser() -> "Parser":
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_javascript.language()))


def text_of(node: "Node") -> str:
    return (node.text or b"").decode("utf-8", "replace")


def inner(place: Place, field: str) -> Place | None:
    """Give the child of this name in its place."""
    child = place.node.child_by_field_name(field)
    return None if child is None else Place(child, place)


def named(place: Place) -> list[Place]:
    """Give the named children in their places, without comments."""
    return [Place(child, place) for child in place.node.named_children if not child.is_extra]


def is_async(function: Place) -> bool:
    return any(child.type == "async" for child in function.node.children)


def function_around(place: Place) -> Place | None:
    """Give the innermost function that a place is inside of, None at the top of the code."""
    return next(
        (outer for outer in place.outward() if outer.node.type in FUNCTIONS and outer is not place), None
    )


def bare(place: Place) -> Place:
    """Take an expression out of its parentheses."""
    while place.node.type == "parenthesized_expression":
        inside = named(place)
        if len(inside) != 1:
            return place
        place = inside[0]
    return place


def string_value(node: "Node") -> str | None:
    """Give the text of a string or template without escapes and placeholders."""
    if node.type not in {"string", "template_string"}:
        return None
    parts = node.named_children
    if any(part.type != "string_fragment" for part in parts):
        return None
    return "".join(map(text_of, parts))
