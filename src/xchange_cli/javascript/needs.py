"""What code needs that the built-in JavaScript engine has not: read from its syntax, without running it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from xchange_cli.javascript.declarations import Declarations, Place, is_declaration, is_taken_from, walk
from xchange_cli.javascript.reading.tree import parser

_NODE_ONLY = """
    AbortController AbortSignal Blob BroadcastChannel Buffer CompressionStream Crypto CryptoKey CustomEvent
    DecompressionStream Event EventTarget File FormData Headers Intl MessageChannel MessagePort ReadableStream Request
    Response SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream URL
    URLSearchParams WebAssembly WritableStream __dirname __filename clearImmediate clearInterval clearTimeout crypto
    fetch navigator process require setImmediate setInterval setTimeout structuredClone
"""
NODE_ONLY = frozenset(_NODE_ONLY.split())
"""Names that are global in Node.js but not in QuickJS."""

_LOCAL = frozenset(["localeCompare", "toLocaleDateString", "toLocaleString", "toLocaleTimeString"])
"""Methods that both have, but QuickJS without the rules of any language."""

_GLOBAL_OBJECTS = frozenset({b"global", b"globalThis"})
_MAY_NEED = re.compile(
    rf"(?<![\w$])(?:(?:{'|'.join(sorted(NODE_ONLY))})(?![\w$])|import\s*\()|\.\s*(?:{'|'.join(sorted(_LOCAL))})"
)
_USING = frozenset({"identifier", "shorthand_property_identifier"})
_DECLARING = frozenset({"identifier", "shorthand_property_identifier_pattern"})


class Need(NamedTuple):
    """The first thing in code that needs Node.js: its name and its offset in the code, in characters.

    `is_vital` is False where QuickJS has it too, but with other results.
    """

    name: str
    offset: int
    is_vital: bool = True


@lru_cache(maxsize=512)
def needs(code: str) -> Need | None:
    """Give the first vital need, else the first other one.

    A name counts where it means the global one: not as a property, in a comment or a text, or where the code
    declares it; and not where only its `typeof` is asked for. What is hidden in `eval` is not found.
    """
    if not _MAY_NEED.search(code):
        return None
    other: Need | None = None
    for need in _needs(code):
        if need.is_vital:
            return need
        other = other or need
    return other


def _needs(code: str) -> Iterator[Need]:
    text = code.encode("utf-8", "replace")
    declared = Declarations()
    uses: list[tuple[Place, str, bool]] = []
    for place in walk(parser().parse(text).root_node):
        node = place.node
        if node.child_count and node.type != "import":
            continue
        name = text[node.start_byte : node.end_byte].decode("utf-8", "replace")
        if name in NODE_ONLY and is_taken_from(place, _GLOBAL_OBJECTS):
            uses.append((place, name, True))
        elif name in NODE_ONLY and node.type in _DECLARING and is_declaration(place):
            declared.add(place, name)
        elif found := _use(place, name):
            uses.append((place, *found))
    for place, name, is_vital in uses:
        if not declared.cover(place, name):
            yield Need(name, len(text[: place.node.start_byte].decode("utf-8", "replace")), is_vital)


def _use(place: Place, name: str) -> tuple[str, bool] | None:
    """Tell what a name in the syntax tree uses, and whether it is vital."""
    kind, outer = place.node.type, place.outer
    if outer is None or _is_asked_for_type(outer):
        return None
    if kind == "import" and outer.node.type == "call_expression":
        return "import", True
    if kind in _USING and name in NODE_ONLY:
        return name, True
    if kind == "property_identifier" and outer.node.type == "member_expression":
        return _member(outer, name)
    if kind == "string_fragment" and outer.outer and outer.outer.node.type == "subscript_expression":
        return _member(outer.outer, name)
    return None


def _member(member: Place, name: str) -> tuple[str, bool] | None:
    if name in NODE_ONLY:
        of = member.node.child_by_field_name("object")
        is_global = of is not None and of.type == "identifier" and (of.text or b"") in _GLOBAL_OBJECTS
        return (name, True) if is_global and not _is_asked_for_type(member.outer) else None
    is_called = member.outer is not None and member.outer.node.type == "call_expression"
    return (name, False) if name in _LOCAL and is_called else None


def _is_asked_for_type(place: Place | None) -> bool:
    if place is None or place.node.type != "unary_expression":
        return False
    operator = place.node.child_by_field_name("operator")
    return operator is not None and operator.type == "typeof"
