"""What JavaScript's grammar has, but does not allow everywhere: what the parser lets pass."""

import re
from collections.abc import Iterator
from itertools import pairwise

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.faults import Fault
from xchange_cli.javascript.reading.scopes import Binding, scopes
from xchange_cli.javascript.reading.tree import Code, function_around, is_async

_MAY_FOLLOW_A_NAME = ("(", "[", "+", "-", "/", "`", "\n", "\r", "\u2028", "\u2029")
"""What `await` may stand before where it is no keyword but a name: it is read as a call, a sum, a template then."""

_COMMON_JS = {
    "export_statement": ("export", "Write `module.exports = …`."),
    "import_statement": ("import", "Write `const name = require(…)`."),
}
_MAY_HAVE_EMPTY_PLACES = re.compile(r"[({,]\s*,")
_LISTED = ("arguments", "object")
_SUSPICIOUS = (*_COMMON_JS, "await_expression", "try_statement", *_LISTED)
_COMMAS = {(opening, ",") for opening in ("(", "{", ",")}


def out_of_place(code: Code) -> Iterator[Fault]:
    has_empty_places = _MAY_HAVE_EMPTY_PLACES.search(code.text)
    for place in code.of_kinds(*_SUSPICIOUS):
        kind = place.node.type
        if kind in _COMMON_JS:
            word, hint = _COMMON_JS[kind]
            yield _fault(code, place, word, f"`{word}` is not possible here: code is a CommonJS module", hint)
        elif kind == "await_expression":
            if _is_keyword(place, code) and not _is_in_async(place):
                message, hint = (
                    "`await` outside of an `async` function",
                    "Make the function around it `async`.",
                )
                yield _fault(code, place, "await", message, hint)
        elif kind == "try_statement" and len(place.node.named_children) == 1:
            yield _fault(code, place, "try", "`try` without `catch` or `finally`")
        elif has_empty_places and kind in _LISTED:
            yield from _empty_places(code, place)
    yield from _declared_twice(code)


def _fault(code: Code, place: Place, word: str, message: str, hint: str = "") -> Fault:
    start, _ = code.span(place.node)
    return Fault(start, start + len(word), message, hint)


def _is_keyword(place: Place, code: Code) -> bool:
    """Tell whether `await` cannot be read as a name here."""
    start, end = code.span(place.node)
    operand = code.text[start + len("await") : end].lstrip(" \t")
    return not operand.startswith(_MAY_FOLLOW_A_NAME)


def _is_in_async(place: Place) -> bool:
    function = function_around(place)
    return function is not None and is_async(function)


def _empty_places(code: Code, place: Place) -> Iterator[Fault]:
    marks = [child for child in place.node.children if child.type != "comment"]
    for before, mark in pairwise(marks):
        if (before.type, mark.type) in _COMMAS:
            yield Fault(*code.span(mark), "unexpected `,`", "There is nothing before it.")


def _declared_twice(code: Code) -> Iterator[Fault]:
    bindings = {
        id(binding): binding for binding in scopes(code.text).by_name.values() if len(binding.declared) > 1
    }
    for binding in bindings.values():
        if any(map(_is_lexical, binding.declared)):
            place = binding.declared[1]
            hint = f"The first one is in line {_line(code, binding)} of the code."
            yield Fault(*code.span(place.node), f"`{binding.name}` is declared twice", hint)


def _is_lexical(place: Place) -> bool:
    kinds = [outer.node.type for outer in place.outward()]
    return next((kind for kind in kinds if kind.endswith("_declaration")), "") in {
        "lexical_declaration",
        "class_declaration",
    }


def _line(code: Code, binding: Binding) -> int:
    return code.data.count(b"\n", 0, binding.declared[0].node.start_byte) + 1
