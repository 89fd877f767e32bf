"""Values of a file as people read them: an input without its `type` and `value`, JSON as what it says."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from xchange_cli.changes.words.condition_words import in_words
from xchange_cli.document.node import Mapping, Node, Scalar, kind_of
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
from xchange_cli.expression.parse import parse_input

_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*|true|false|null|")
_INPUT_TYPES = frozenset({"value", "reference", "configVar", "template", "complex"})
_NAMES = ("name", "key", "id")
"""What entries of JSON lists are called by."""


class Leaf(NamedTuple):
    """A value that has none below it; `kind` tells `5` from `'5'`, and a text from the reference that reads alike."""

    kind: str
    text: str


Shape = Leaf | dict[str, Any] | list[Any]
"""Leaves, and below the texts and positions of dicts and lists further shapes."""


def expression_of(node: Node) -> Expression | None:
    """Read an input; None of what is none."""
    if isinstance(node, Mapping) and (kind := node.text("type")) is not None and "value" in node.entries:
        return parse_input(node) if kind.value in _INPUT_TYPES else None
    return None


def shape_of(node: Node | None) -> Shape:
    """Give what a value says; nothing and an empty text are different."""
    if node is None:
        return Leaf("nothing", "nothing")
    expression = expression_of(node)
    return _of_data(node.data) if expression is None else _of_expression(expression)


def has_same_form(old: Node | None, new: Node | None) -> bool:
    """Tell whether two values differ in the words of texts alone: keys, types and all other values are the same."""
    return old is not None and new is not None and _form(shape_of(old)) == _form(shape_of(new))


def _form(shape: Shape) -> Any:
    """Give a shape without the words of its texts; a text that is a number is one."""
    match shape:
        case Leaf(kind, text):
            is_words = kind in {"text", "template"} and not _NUMBER.fullmatch(text.strip())
            return Leaf("text", "") if is_words else shape
        case dict():
            return {key: _form(value) for key, value in shape.items()}
        case _:
            return [_form(value) for value in shape]


def text_of(node: Node | None) -> str:
    """Give a value on one line."""
    return text_of_shape(shape_of(node))


def text_of_shape(shape: Shape) -> str:
    match shape:
        case Leaf():
            return one_line(shape.text)
        case dict():
            return f"{{{', '.join(f'{key}: {text_of_shape(value)}' for key, value in shape.items())}}}"
        case _:
            return f"[{', '.join(map(text_of_shape, shape))}]"


def one_line(text: str) -> str:
    """Quote what is empty, begins or ends with a blank, or has several lines."""
    if text == "":
        return "''"
    return json.dumps(text, ensure_ascii=False) if text != text.strip() or "\n" in text else text


def long_text(node: Node | None) -> str | None:
    """Give a text of several lines as it stands: it is compared line by line. None of all other values."""
    if node is None:
        return None
    expression = expression_of(node)
    data = expression.value if isinstance(expression, Literal) else node.data
    if isinstance(expression, Template) and isinstance(expression.node, Scalar):
        data = expression.node.value
    is_text = isinstance(data, str) and "\n" in data.rstrip("\n")
    return data if is_text and isinstance(_of_text(data), Leaf) else None


def _of_expression(expression: Expression) -> Shape:
    match expression:
        case Literal(value):
            return _of_text(value) if isinstance(value, str) else _of_data(value)
        case Reference(node=node):
            return Leaf("result", node.value.strip())
        case ConfigValue(key):
            return Leaf("config variable", f"config variable {key}") if key else Leaf("nothing", "nothing")
        case Template(node=node):
            return Leaf("template", node.value)
        case Group() | Clause():
            return Leaf("condition", in_words(expression, _term))
        case Items(items):
            return _of_items(items)
        case Malformed(node=node):
            return _of_data(node.data)


def _term(expression: Expression) -> str:
    return text_of_shape(_of_expression(expression))


def _of_items(items: Sequence[Item]) -> Shape:
    """Give a key-value list by its names, in which no order is; what has none, or twice the same, as a list."""
    names = [_name_of(item) for item in items]
    values = [_of_expression(item.value) for item in items]
    if all(names) and len(set(names)) == len(names):
        return dict(zip(names, values, strict=True))
    return [{name: value} if name else value for name, value in zip(names, values, strict=True)]


def _name_of(item: Item) -> str:
    if item.name is None or isinstance(item.name, str):
        return item.name or ""
    return text_of_shape(_of_expression(item.name))


def _of_text(text: str) -> Shape:
    if text[:1] not in {"{", "["}:
        return Leaf("text", text)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Leaf("text", text)
    return _of_data(data)


def _of_data(data: Any) -> Shape:
    if isinstance(data, dict):
        return {str(key): _of_data(value) for key, value in data.items()}
    if isinstance(data, list):
        return _by_name(data) or [_of_data(entry) for entry in data]
    if isinstance(data, str):
        return Leaf("text", data)
    return Leaf(kind_of(data), json.dumps(data, ensure_ascii=False, default=str))


def _by_name(entries: Iterable[Any]) -> dict[str, Any] | None:
    """Give a list of objects by the names that they have, each another one."""
    objects = list(entries)
    for key in _NAMES:
        names = [one.get(key) if isinstance(one, dict) else None for one in objects]
        if names and all(isinstance(name, str) and name for name in names) and len(set(names)) == len(names):
            return {str(name): _of_named(one, key) for name, one in zip(names, objects, strict=True)}
    return None


def _of_named(entry: dict[str, Any], key: str) -> Shape:
    rest = {name: value for name, value in entry.items() if name != key}
    return _of_data(rest["value"]) if set(rest) == {"value"} else _of_data(rest)
