"""What the result of a code step looks like, where its code says it in so many words."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Literal as Word
from typing import NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.exports import exported
from xchange_cli.javascript.reading.scopes import Scopes, scopes
from xchange_cli.javascript.reading.tree import (
    bare,
    function_around,
    inner,
    named,
    read,
    string_value,
    text_of,
)
from xchange_cli.javascript.reading.ways_out import ways_out

_MOST_LEVELS = 40
"""Depth below which a literal is not described."""

_LEVELS_OF_A_NAME = 15
"""What following a constant counts as: names that stand for lists of names of lists could go on for ever."""

_COMPARING = frozenset(["!=", "!==", "<", "<=", "==", "===", ">", ">=", "in", "instanceof"])
_COUNTING = frozenset(["%", "*", "**", "-", "/", ">>>"])
_LOOKING = frozenset(
    ["binary_expression", "if_statement", "template_substitution", "ternary_expression", "while_statement"]
)
_GIVING = frozenset(["array", "await_expression", "object", "pair", "parenthesized_expression"])
_TELLING = frozenset({"console", "JSON", "logger", "Promise"})


class Simple(NamedTuple):
    """A value without parts, or one of which nothing is known."""

    kind: Word["text", "number", "boolean", "null", "unknown"]


class ObjectLiteral(NamedTuple):
    """`is_open` where there may be more fields than these."""

    fields: "Mapping[str, Literal]"
    is_open: bool


class ListLiteral(NamedTuple):
    """`is_open` where the items are not all, or not in these positions."""

    items: "tuple[Literal, ...]"
    is_open: bool


Literal = ObjectLiteral | ListLiteral | Simple
UNKNOWN = Simple("unknown")

_SIMPLE: Mapping[str, Simple] = {
    "false": Simple("boolean"),
    "null": Simple("null"),
    "number": Simple("number"),
    "string": Simple("text"),
    "template_string": Simple("text"),
    "true": Simple("boolean"),
}
_UNARY: Mapping[str, Simple] = {
    "!": Simple("boolean"),
    "+": Simple("number"),
    "-": Simple("number"),
    "delete": Simple("boolean"),
    "typeof": Simple("text"),
}
_TEXTS = frozenset({"string", "template_string"})


@lru_cache(maxsize=64)
def returned_data(code: str, key: str = "data") -> Literal | None:
    """Describe the member `key` of the object that the exported function returns.

    None where that is unknown: no function is found, it may end without the member, or its returns differ. A
    constant is followed to its literal if nothing may change it afterwards.
    """
    function = exported(code).function
    if function is None:
        return None
    names = scopes(code)
    found = [_member(way.value, key, names) for way in ways_out(function, read(code))]
    is_same = bool(found) and all(other == found[0] for other in found)
    return found[0] if is_same and found[0] != UNKNOWN else None


def _member(value: Place | None, key: str, names: Scopes) -> Literal | None:
    described = describe(value, names) if value else None
    return described.fields.get(key) if isinstance(described, ObjectLiteral) else None


def describe(value: Place, names: Scopes, level: int = 0) -> Literal:
    """Describe an expression; what it calls or reads is unknown."""
    value = bare(value)
    kind = value.node.type
    if level > _MOST_LEVELS:
        return UNKNOWN
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    match kind:
        case "object":
            return _object(value, names, level)
        case "array":
            return _list(value, names, level)
        case "unary_expression" | "binary_expression":
            return _operation(value)
        case "ternary_expression":
            return _either(value, names, level)
        case "identifier" | "shorthand_property_identifier":
            return _followed(value, names, level)
    return UNKNOWN


def _object(value: Place, names: Scopes, level: int) -> ObjectLiteral:
    """A later spread or computed key may replace the fields before it."""
    fields: dict[str, Literal] = {}
    is_open = False
    for part in named(value):
        key = _key(part)
        if key is None or key == "__proto__":
            is_open = True
            fields = dict.fromkeys(fields, UNKNOWN)
        else:
            fields[key] = _field(part, names, level)
    return ObjectLiteral(fields, is_open)


def _key(part: Place) -> str | None:
    if part.node.type == "shorthand_property_identifier":
        return text_of(part.node)
    key = part.node.child_by_field_name("key") or part.node.child_by_field_name("name")
    if key is None:
        return None
    if key.type == "property_identifier" or (key.type == "number" and text_of(key).isdecimal()):
        return text_of(key)
    return string_value(key)


def _field(part: Place, names: Scopes, level: int) -> Literal:
    if part.node.type == "shorthand_property_identifier":
        return describe(part, names, level + 1)
    value = inner(part, "value")
    return UNKNOWN if value is None else describe(value, names, level + 1)


def _list(value: Place, names: Scopes, level: int) -> ListLiteral:
    parts = named(value)
    marks = [child.type for child in value.node.children if child.type != "comment"]
    has_holes = any(pair in {("[", ","), (",", ",")} for pair in pairwise(marks))
    is_open = has_holes or any(part.node.type == "spread_element" for part in parts)
    shown = [
        UNKNOWN if part.node.type == "spread_element" else describe(part, names, level + 1) for part in parts
    ]
    return ListLiteral(tuple(shown), is_open)


def _operation(value: Place) -> Simple:
    operator = value.node.child_by_field_name("operator")
    word = operator.type if operator is not None else ""
    if value.node.type == "unary_expression":
        return _UNARY.get(word, UNKNOWN)
    if word in _COMPARING:
        return Simple("boolean")
    if word in _COUNTING:
        return Simple("number")
    sides = (value.node.child_by_field_name(name) for name in ("left", "right"))
    is_text = word == "+" and any(side is not None and side.type in _TEXTS for side in sides)
    return Simple("text") if is_text else UNKNOWN


def _either(value: Place, names: Scopes, level: int) -> Literal:
    sides = [inner(value, name) for name in ("consequence", "alternative")]
    first, second = (UNKNOWN if side is None else describe(side, names, level + 1) for side in sides)
    return first if first == second else UNKNOWN


def _followed(name: Place, names: Scopes, level: int) -> Literal:
    """Describe the literal that a constant was declared with, unless something may have changed it."""
    binding = names.binding(name)
    declaration = binding.only if binding else None
    holder = declaration.outer if declaration and declaration.is_field("name") else None
    value = inner(holder, "value") if holder and holder.node.type == "variable_declarator" else None
    if binding is None or value is None:
        return UNKNOWN
    described = describe(value, names, level + _LEVELS_OF_A_NAME)
    if isinstance(described, Simple):
        return described
    home = function_around(binding.declared[0])
    return described if all(_is_harmless(at, home) for at in binding.reads) else UNKNOWN


def _is_harmless(read_at: Place, home: Place | None) -> bool:
    """Tell whether a mention of an object, declared in the function `home`, surely leaves it as it is."""
    outer = _around(read_at)
    if outer is None:
        return False
    if outer.node.type == "arguments":
        return _is_told(outer)
    if outer.node.type == "member_expression" and read_at.is_field("object"):
        outer = _around(outer)
        return outer is not None and outer.node.type in _LOOKING
    return outer.node.type in _LOOKING or _is_given_back(read_at, home)


def _around(place: Place) -> Place | None:
    outer = place.outer
    while outer is not None and outer.node.type == "parenthesized_expression":
        outer = outer.outer
    return outer


def _is_told(arguments: Place) -> bool:
    """Whether these are the arguments of a function that only reads them."""
    called = arguments.outer and arguments.outer.node.child_by_field_name("function")
    owner = called.child_by_field_name("object") if called else None
    return owner is not None and text_of(owner) in _TELLING


def _is_given_back(place: Place, home: Place | None) -> bool:
    """Whether a place is part of the value that the code returns, not of what another function gives it."""
    function = function_around(place)
    if home is not None and (function is None or function.node.id != home.node.id):
        return False
    for outer in (place.outer or place).outward():
        if outer.node.type in {"return_statement", "arrow_function"}:
            return True
        if outer.node.type not in _GIVING:
            return False
    return False
