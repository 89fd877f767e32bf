"""What each way out of the exported function gives back, as far as its keys."""

from functools import lru_cache
from typing import NamedTuple

from xchange_cli.javascript.reading.exports import exported
from xchange_cli.javascript.reading.returns import ListLiteral, Literal, ObjectLiteral, describe
from xchange_cli.javascript.reading.scopes import Scopes, scopes
from xchange_cli.javascript.reading.tree import Code, read
from xchange_cli.javascript.reading.ways_out import WayOut, ways_out

_SIMPLE = {"boolean": "a truth value", "number": "a number", "text": "text"}


class Answer(NamedTuple):
    """What is given back at a place of the code, in characters.

    `what` says it in words where it is no object: "a list"; "nothing" also for null; empty where it is not known.
    `keys` are those of an object, None where there may be others.
    """

    start: int
    end: int
    what: str
    keys: tuple[str, ...] | None = None


@lru_cache(maxsize=64)
def answers(code: str) -> tuple[Answer, ...]:
    """Give an answer for each way out, in the order of the text; none where no function is found."""
    function = exported(code).function
    if function is None:
        return ()
    tree, names = read(code), scopes(code)
    return tuple(_answer(way, tree, names) for way in ways_out(function, tree))


def _answer(way: WayOut, code: Code, names: Scopes) -> Answer:
    if way.value is None:
        return Answer(*_head(way, code), "nothing")
    offsets = code.span(way.value.node)
    if way.value.node.type in {"null", "undefined"}:
        return Answer(*offsets, "nothing")
    described = describe(way.value, names)
    if isinstance(described, ObjectLiteral):
        return Answer(*offsets, "an object", None if described.is_open else tuple(described.fields))
    return Answer(*offsets, _word(described))


def _word(described: Literal) -> str:
    if isinstance(described, ListLiteral):
        return "a list"
    return "" if isinstance(described, ObjectLiteral) else _SIMPLE.get(described.kind, "")


def _head(way: WayOut, code: Code) -> tuple[int, int]:
    """Give the place of a bare `return`, or of the head of the function whose end is reached."""
    start, end = code.span(way.place.node)
    body = way.place.node.child_by_field_name("body")
    if body is None:
        return start, end
    return start, start + len(code.text[start : code.offset(body.start_byte)].rstrip())
