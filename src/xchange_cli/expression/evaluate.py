"""Expressions → values. Compiled once a step, so that a loop pays only for what changes."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from xchange_cli.expression.ast import (
    Clause,
    ConfigValue,
    Expression,
    Group,
    Item,
    Items,
    Literal,
    Malformed,
    Reference,
    Template,
)
from xchange_cli.javascript.values import UNDEFINED, stringify, to_text
from xchange_cli.source import Span


class Scope(Protocol):
    """What an expression can see."""

    @property
    def steps(self) -> Mapping[str, Any]:
        """By step key: `{"results": …}`, or `{"currentItem": …, "index": …}` inside of a loop."""
        ...

    @property
    def config(self) -> Mapping[str, Any]:
        """Run-time values of the config variables by key."""
        ...

    def warn(self, message: str, span: Span) -> None:
        """Tell the user about a value that hosted platforms may show in another way."""
        ...


_INDEX = re.compile("0|[1-9][0-9]{0,8}")

Evaluator = Callable[[Scope], Any]


def compile_expression(expression: Expression) -> Evaluator:
    """Give a function from scope to value; it never raises: what is absent is None.

    That an absent path gives None, as JavaScript's `undefined`, is our choice: it is not documented, but
    `exists` would be of no use otherwise.
    """
    match expression:
        case Literal(value):
            return lambda _: value
        case Reference(path):
            return compile_path(path, absent=None)
        case ConfigValue(key):
            return lambda scope: scope.config.get(key)
        case Template(parts):
            return _compile_template(parts)
        case Items(items):
            return _compile_items(items)
        case Group() | Clause():
            return _compile_condition(expression)
        case Malformed():
            return lambda _: None


def compile_path(path: Sequence[str], *, absent: Any) -> Evaluator:
    """Give a function that follows a path; `absent` is its value where the path leads nowhere."""
    step, *rest = path
    parts = [(part, int(part) if _INDEX.fullmatch(part) else None) for part in rest]

    def follow(scope: Scope) -> Any:
        value = scope.steps.get(step, absent)
        for part, index in parts:
            if isinstance(value, dict):
                value = value.get(part, absent)
            elif isinstance(value, list | tuple) and index is not None and index < len(value):
                value = value[index]
            else:
                return absent
        return value

    return follow


def _compile_items(items: tuple[Item, ...]) -> Evaluator:
    """List entries give a list; named ones a list of `{key, value}` in order, duplicates kept.

    Conditions give `{name, value}` with the operands in place of the terms.
    """
    compiled = [(_compile_name(item), compile_expression(item.value), _entry_keys(item)) for item in items]

    def evaluate(scope: Scope) -> list[Any]:
        values: list[Any] = []
        for name, value, keys in compiled:
            if name is None:
                values.append(value(scope))
            else:
                values.append({keys[0]: name(scope), keys[1]: value(scope)})
        return values

    return evaluate


def _entry_keys(item: Item) -> tuple[str, str]:
    return ("name", "value") if isinstance(item.value, Group | Clause) else ("key", "value")


def _compile_name(item: Item) -> Evaluator | None:
    name = item.name
    if name is None:
        return None
    if isinstance(name, str):
        return lambda _: name
    return compile_expression(name)


def _compile_condition(condition: Group | Clause | Malformed) -> Evaluator:
    """Keep the shape and replace each term by its value; here a missing value is JavaScript's `undefined`."""
    match condition:
        case Group(operator, clauses):
            parts = [_compile_condition(clause) for clause in clauses]
        case Clause(operator, terms):
            parts = [_compile_term(term) for term in terms]
        case Malformed():
            return lambda _: None
    return lambda scope: [operator, *(part(scope) for part in parts)]


def _compile_term(term: Expression) -> Evaluator:
    if isinstance(term, Reference):
        return compile_path(term.path, absent=UNDEFINED)
    return compile_expression(term)


def _compile_template(parts: tuple[str | Reference | ConfigValue | Malformed, ...]) -> Evaluator:
    compiled = [_compile_part(part) for part in parts]
    return lambda scope: "".join([part(scope) for part in compiled])


def _compile_part(part: str | Reference | ConfigValue | Malformed) -> Evaluator:
    if isinstance(part, str):
        return lambda _: part
    value = compile_expression(part)
    return lambda scope: _text_of(value(scope), part, scope)


def _text_of(value: Any, part: Reference | ConfigValue | Malformed, scope: Scope) -> str:
    """Print scalars as JavaScript does; what hosted platforms print for the rest is not documented."""
    if isinstance(value, str):
        return value
    if value is None or value is UNDEFINED:
        scope.warn("this placeholder has no value and gives no text", part.span())
        return ""
    if isinstance(value, dict | list | tuple):
        scope.warn("this placeholder holds a list or an object; it is written as JSON", part.span())
        return stringify(value)
    return to_text(value)
