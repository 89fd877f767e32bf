"""How a function ends, and with what."""

from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.tree import Code, bare, function_around, inner, named, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node


_MOST_LEVELS = 100
"""Statements nested deeper are taken to go on."""


class WayOut(NamedTuple):
    """One place where a function returns; `value` is None where it returns nothing."""

    place: Place
    value: Place | None


def ways_out(function: Place, code: Code) -> tuple[WayOut, ...]:
    """Give all returns of a function in the order of the text, and its end if that can be reached."""
    body = inner(function, "body")
    if body is None:
        return ()
    if body.node.type != "statement_block":
        return (WayOut(body, settled(body)),)
    returns = code.of_kinds("return_statement")
    found = [_returned(place) for place in returns if _is_return_of(place, function)]
    if can_go_on(body.node):
        found.append(WayOut(function, None))
    return tuple(found)


def settled(value: Place) -> Place:
    """Take a value out of parentheses, `await` and `Promise.resolve(…)`."""
    while True:
        value = bare(value)
        inside = named(value) if value.node.type == "await_expression" else _resolved(value)
        if len(inside) != 1:
            return value
        value = inside[0]


def _resolved(value: Place) -> list[Place]:
    called = value.node.child_by_field_name("function") if value.node.type == "call_expression" else None
    arguments = inner(value, "arguments")
    if called is None or arguments is None or text_of(called) != "Promise.resolve":
        return []
    return named(arguments)


def _returned(place: Place) -> WayOut:
    values = named(place)
    return WayOut(place, settled(values[0]) if values else None)


def _is_return_of(place: Place, function: Place) -> bool:
    around = function_around(place)
    return around is not None and around.node.id == function.node.id


def can_go_on(statement: "Node", level: int = 0) -> bool:
    """Tell whether what stands behind a statement may run; False only where that is sure."""

    def may(inside: "Node | None") -> bool:
        return inside is None or can_go_on(inside, level + 1)

    if level > _MOST_LEVELS:
        return True
    match statement.type:
        case "return_statement" | "throw_statement":
            return False
        case "statement_block" | "else_clause" | "catch_clause" | "finally_clause":
            return all(map(may, statement.named_children))
        case "if_statement":
            return any(may(statement.child_by_field_name(name)) for name in ("consequence", "alternative"))
        case "try_statement":
            return _try_can_go_on(statement, may)
        case "while_statement":
            return not _is_endless(statement)
        case "switch_statement":
            return _switch_can_go_on(statement, may)
    return True


def _try_can_go_on(statement: "Node", may: "Callable[[Node | None], bool]") -> bool:
    body, handler, last = (statement.child_by_field_name(name) for name in ("body", "handler", "finalizer"))
    return may(last) and (may(body) or (handler is not None and may(handler)))


def _is_endless(statement: "Node") -> bool:
    condition = statement.child_by_field_name("condition")
    return condition is not None and text_of(condition) in {"(true)", "(1)"} and not _breaks(statement)


def _switch_can_go_on(statement: "Node", may: "Callable[[Node | None], bool]") -> bool:
    body = statement.child_by_field_name("body")
    cases = [case for case in body.named_children if case.type != "comment"] if body else []
    if not any(case.type == "switch_default" for case in cases) or _breaks(statement):
        return True
    return all(map(may, cases[-1].named_children))


def _breaks(statement: "Node") -> bool:
    """Whether anything inside leaves a loop or switch: which one is not asked."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if node.type == "break_statement":
            return True
        waiting.extend(node.named_children)
    return False
