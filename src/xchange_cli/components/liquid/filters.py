"""The filters in which LiquidJS differs from other implementations of Liquid, or that only it has."""

import json
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial, wraps
from typing import Any, Final
from xml.sax.saxutils import escape

from liquid.undefined import Undefined

from xchange_cli.components.liquid.dates import format_date
from xchange_cli.components.liquid.text import liquid_text, refuse_long, refuse_long_range
from xchange_cli.components.spec import ActionContext
from xchange_cli.javascript.mathematics import (
    OF_ONE,
    divide,
    floor,
    largest,
    power,
    remainder,
    round_half_up,
    smallest,
)
from xchange_cli.javascript.values import plain_number, stringify, to_number

Filter = Callable[..., Any]

MISSING: Final = frozenset({
    "cgi_escape", "date_to_long_string", "date_to_rfc822", "date_to_string", "find_exp", "find_index_exp",
    "group_by_exp", "has_exp", "reject_exp", "sample", "slugify", "uri_escape", "where_exp",
})  # fmt: skip
"""What LiquidJS has and this has not: using one is an error, where an unknown filter does nothing."""

_OF_TEXT: Final = frozenset({
    "append", "prepend", "capitalize", "downcase", "upcase", "escape", "escape_once", "lstrip", "rstrip", "strip",
    "newline_to_br", "remove", "remove_first", "remove_last", "replace", "replace_first", "replace_last", "split",
    "strip_html", "strip_newlines", "truncate", "truncatewords", "url_encode", "url_decode", "base64_encode",
    "base64_decode", "squish",
})  # fmt: skip
_WITH_TEXT: Final = frozenset({
    "append", "prepend", "remove", "remove_first", "remove_last", "replace", "replace_first", "replace_last", "split",
})  # fmt: skip
"""Filters whose arguments, too, are texts."""


def own_filters(context: ActionContext) -> dict[str, Filter]:
    return {
        **{name: _of_numbers(function) for name, function in _ARITHMETIC.items()},
        "date": partial(format_date, context),
        "date_to_xmlschema": lambda value: format_date(context, value, "%Y-%m-%dT%H:%M:%S%:z"),
        "join": _join,
        "replace": _replace,
        "json": _json,
        "jsonify": _json,
        "inspect": _json,
        "push": lambda items, item: [*_items(items), item],
        "pop": lambda items: _items(items)[:-1],
        "unshift": lambda items, item: [item, *_items(items)],
        "shift": lambda items: _items(items)[1:],
        "group_by": _group_by,
        "array_to_sentence_string": _sentence,
        "to_integer": lambda value: plain_number(to_number(liquid_text(value))),
        "raw": lambda value: value,
        "normalize_whitespace": lambda value: " ".join(liquid_text(value).split()),
        "number_of_words": lambda value, _mode=None: len(liquid_text(value).split()),
        "xml_escape": lambda value: escape(liquid_text(value), {'"': "&quot;", "'": "&apos;"}),
    }


def as_javascript(name: str, apply: Filter) -> Filter:
    """Let a filter see texts where JavaScript would, and give JavaScript's numbers."""

    @wraps(apply)
    def adapted(value: Any, *args: Any, **named: Any) -> Any:
        for given in (value, *args):
            refuse_long_range(given)
        left = liquid_text(value) if name in _OF_TEXT else value
        result = apply(left, *(map(liquid_text, args) if name in _WITH_TEXT else args), **named)
        return plain_number(float(result)) if isinstance(result, Decimal) else result

    return adapted


def _divided_by(left: float, right: float, whole: float = 0) -> float:
    """Divide; only with a third argument to a whole number, unlike other implementations of Liquid."""
    quotient = divide(left, right)
    return floor(quotient) if whole else quotient


def _round(number: float, digits: float = 0) -> float:
    scale = power(10, digits)
    return divide(round_half_up(number * scale), scale)


_ARITHMETIC: Final[Mapping[str, Callable[..., float]]] = {
    "abs": abs,
    "at_least": largest,
    "at_most": smallest,
    "ceil": OF_ONE["ceil"],
    "floor": floor,
    "round": _round,
    "plus": float.__add__,
    "minus": float.__sub__,
    "times": float.__mul__,
    "divided_by": _divided_by,
    "modulo": remainder,
}


def _of_numbers(function: Callable[..., float]) -> Filter:
    def calculate(*values: Any) -> int | float:
        return plain_number(function(*(_number(value) for value in values)))

    return calculate


def _number(value: Any) -> float:
    return math.nan if isinstance(value, Undefined) else to_number(value)


def _join(value: Any, separator: Any = " ") -> str:
    texts = [liquid_text(item) for item in _items(value)]
    between = liquid_text(separator)
    refuse_long(sum(map(len, texts)) + len(texts) * len(between))
    return between.join(texts)


def _replace(value: str, find: str, replacement: str = "") -> str:
    more = len(replacement) - len(find)
    refuse_long(len(value) + max(more, 0) * value.count(find))
    return value.replace(find, replacement)


def _json(value: Any, space: Any = 0) -> str:
    """Do `JSON.stringify`, indented by so many spaces where asked, of which there are at most 10."""
    if isinstance(value, Undefined):
        return ""
    text = stringify(list(value) if isinstance(value, tuple) else value)
    indent = min(int(_number(space)), 10) if _number(space) >= 1 else 0
    return json.dumps(json.loads(text), indent=indent, ensure_ascii=False) if indent else text


def _group_by(value: Any, key: Any) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for item in _items(value):
        name = item.get(liquid_text(key)) if isinstance(item, Mapping) else None
        groups.setdefault(stringify(name), {"name": name, "items": []})["items"].append(item)
    return list(groups.values())


def _sentence(value: Any, connector: str = "and") -> str:
    texts = [liquid_text(item) for item in _items(value)]
    if len(texts) <= 2:
        return f" {liquid_text(connector)} ".join(texts)
    return f"{', '.join(texts[:-1])}, {liquid_text(connector)} {texts[-1]}"


def _items(value: Any) -> list[Any]:
    """Take a value for a list: nothing for an empty one, anything else for one of it."""
    if isinstance(value, list | tuple | range):
        return list(value)
    return [] if value is None or isinstance(value, Undefined) else [value]
