"""Promises that are used as if they were the values they will give."""

from functools import lru_cache
from typing import NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.exports import exported
from xchange_cli.javascript.reading.scopes import Scopes, scopes
from xchange_cli.javascript.reading.tree import (
    FUNCTIONS,
    Code,
    bare,
    function_around,
    inner,
    is_async,
    named,
    read,
    string_value,
    text_of,
)

_OF_AXIOS = frozenset(["delete", "get", "head", "options", "patch", "post", "put", "request"])
_OF_RESPONSE = frozenset(["arrayBuffer", "blob", "formData", "json", "text"])
_OF_PROMISE = frozenset(["catch", "finally", "then"])
_PACKAGES = ("axios", "node-fetch", "undici")
_OPERATIONS = frozenset(["augmented_assignment_expression", "template_substitution"])
_CONDITIONS = frozenset(["do_statement", "if_statement", "ternary_expression", "while_statement"])
_CONTENT_WITH_ANYTHING = frozenset(
    ["&&", "!=", "!==", "==", "===", "??", "delete", "instanceof", "typeof", "void", "||"]
)
_TAKING_APART = frozenset({"array_pattern", "object_pattern"})
_MEMBERS = frozenset({"member_expression", "subscript_expression"})


class Unawaited(NamedTuple):
    """A call that gives a promise where its value is needed; offsets count characters.

    From `start` to `end` is what is called, `call_start` to `call_end` the whole call. `can_await` tells whether the
    function around it is async, `has_member` whether a member is read of the call itself.
    """

    called: str
    start: int
    end: int
    call_start: int
    call_end: int
    can_await: bool
    has_member: bool


@lru_cache(maxsize=64)
def missing_awaits(code: str) -> tuple[Unawaited, ...]:
    """Find the obvious ones; a promise that is returned, handed on, combined or awaited later is none."""
    tree = read(code)
    if tree.root.has_error:
        return ()
    names = scopes(code)
    calls = tree.of_kinds("call_expression")
    main = exported(code).function
    promises = (call for call in calls if _gives_promise(call, names))
    return tuple(_unawaited(call, tree) for call in promises if _is_misused(call, names, main))


def _unawaited(call: Place, code: Code) -> Unawaited:
    called = call.node.child_by_field_name("function") or call.node
    function = function_around(call)
    can_await = function is not None and is_async(function)
    has_member = call.outer is not None and call.outer.node.type in _MEMBERS and call.is_field("object")
    return Unawaited(text_of(called), *code.span(called), *code.span(call.node), can_await, has_member)


def _gives_promise(call: Place, names: Scopes) -> bool:
    called = inner(call, "function")
    if called is None:
        return False
    if called.node.type == "identifier":
        return (
            _is_global(called, "fetch", names) or _is_async_name(called, names) or _is_package(called, names)
        )
    owner, member = inner(called, "object"), called.node.child_by_field_name("property")
    if called.node.type != "member_expression" or owner is None or member is None:
        return False
    word = text_of(member)
    if word in _OF_AXIOS:
        return _is_global(owner, "axios", names) or _is_package(owner, names)
    return word in _OF_RESPONSE and _is_response(owner, names)


def _is_global(place: Place, name: str, names: Scopes) -> bool:
    return place.node.type == "identifier" and text_of(place.node) == name and names.binding(place) is None


def _declared(place: Place, names: Scopes) -> Place | None:
    """Give the value that a constant is declared with, or the function of its name."""
    binding = names.binding(place) if place.node.type == "identifier" else None
    declaration = binding.only if binding else None
    holder = declaration.outer if declaration else None
    if declaration is None or holder is None or not declaration.is_field("name"):
        return None
    if holder.node.type == "function_declaration":
        return holder
    value = inner(holder, "value") if holder.node.type == "variable_declarator" else None
    return bare(value) if value else None


def _is_async_name(place: Place, names: Scopes) -> bool:
    function = _declared(place, names)
    return function is not None and function.node.type in FUNCTIONS and is_async(function)


def _is_package(place: Place, names: Scopes) -> bool:
    """Whether a name stands for a package whose calls give promises."""
    value = _declared(place, names)
    if value is None or value.node.type != "call_expression":
        return False
    called, arguments = value.node.child_by_field_name("function"), inner(value, "arguments")
    if called is None or text_of(called) != "require" or arguments is None:
        return False
    package = "".join(string_value(argument.node) or "" for argument in named(arguments))
    return package.partition("@")[0] in _PACKAGES


def _is_response(owner: Place, names: Scopes) -> bool:
    """Whether this is an awaited `fetch(…)`, or a constant that is."""
    value = _declared(owner, names) or bare(owner)
    if value.node.type != "await_expression":
        return False
    awaited = [bare(inside) for inside in named(value)]
    called = inner(awaited[0], "function") if awaited and awaited[0].node.type == "call_expression" else None
    return called is not None and _is_global(called, "fetch", names)


def _is_misused(call: Place, names: Scopes, main: Place | None) -> bool:
    """Tell whether the value of a promise is needed where it stands, or of the constant that it is put into."""
    place = _without_parentheses(call)
    holder = place.outer
    if holder is None:
        return False
    if holder.node.type == "variable_declarator" and place.is_field("value"):
        return _is_misused_later(holder, names, main)
    return _needs_value(place, main)


def _is_misused_later(declarator: Place, names: Scopes, main: Place | None) -> bool:
    name = inner(declarator, "name")
    if name is None or name.node.type in _TAKING_APART:
        return name is not None
    binding = names.binding(name)
    if binding is None or binding.only is None:
        return False
    reads = [_without_parentheses(place) for place in binding.reads]
    is_kept = any(place.outer is not None and place.outer.node.type == "await_expression" for place in reads)
    return not is_kept and any(_needs_value(place, main) for place in reads)


def _needs_value(place: Place, main: Place | None) -> bool:
    holder = place.outer
    if holder is None:
        return False
    kind = holder.node.type
    if kind in _MEMBERS:
        return place.is_field("object") and _is_value_member(holder)
    if kind in {"binary_expression", "unary_expression"}:
        operator = holder.node.child_by_field_name("operator")
        return operator is not None and operator.type not in _CONTENT_WITH_ANYTHING
    if kind == "for_in_statement":
        return place.is_field("right") and not any(child.type == "await" for child in holder.node.children)
    if kind in _CONDITIONS:
        return place.is_field("condition")
    if kind == "spread_element":
        return holder.outer is not None and holder.outer.node.type in {"array", "object"}
    return kind in _OPERATIONS or _is_in_data(place, main)


def _is_value_member(member: Place) -> bool:
    name = member.node.child_by_field_name("property")
    return name is None or text_of(name) not in _OF_PROMISE


def _is_in_data(place: Place, main: Place | None) -> bool:
    """Whether a place is a value of the object literal that the code gives back: JSON makes `{}` of a promise."""
    outer: Place | None = place
    is_member = False
    while outer is not None:
        holder = outer.outer
        kind = holder.node.type if holder else ""
        if kind == "return_statement" or (kind == "arrow_function" and outer.is_field("body")):
            return is_member and holder is not None and _is_way_out_of(holder, main)
        if kind not in {"array", "object", "pair", "parenthesized_expression"}:
            return False
        is_member = is_member or kind in {"pair", "object"}
        outer = holder
    return False


def _is_way_out_of(holder: Place, main: Place | None) -> bool:
    """Whether what is returned there leaves the code: the caller of an inner function may await its members."""
    function = holder if holder.node.type in FUNCTIONS else function_around(holder)
    return function is not None and main is not None and function.node.id == main.node.id


def _without_parentheses(place: Place) -> Place:
    while place.outer is not None and place.outer.node.type == "parenthesized_expression":
        place = place.outer
    return place
