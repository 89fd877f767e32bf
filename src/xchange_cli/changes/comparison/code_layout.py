"""Codes that differ in their layout alone: indentation, blanks between words, empty lines, comments."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.document.node import Mapping, Node

if TYPE_CHECKING:
    from tree_sitter import Node as CodeNode

_WHOLE = frozenset({"regex", "string", "template_string"})
"""Nodes whose text says something to the last blank."""
_UNSURE = ("hash_bang", "html_comment", "jsx")
"""Beginnings of nodes in which blanks, or what is a comment, may depend on where the code runs."""
_LINE_END = re.compile("[\\n\\r\u2028\u2029]")
_BLANKS = re.compile("[\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]*")
"""What JavaScript skips; the parser skips more, such as U+200B, of which no engine makes a program."""
_OLD_COMMENT = b"<!--"
"""Engines that read no modules skip the line behind it; the parser does so only where a statement begins."""

_Token = tuple[str, str, bool]


def is_same_code(old: Node, new: Node) -> bool:
    """Tell whether two inputs hold JavaScript that reads alike for every engine.

    Both have the same words in the same order, and line ends between the same words: whether a line end ends a statement
    never matters then. What is no JavaScript for certain is compared to the letter.
    """
    codes = _code_of(old), _code_of(new)
    if codes[0] is None or codes[1] is None or not is_equal(_beside_code(old), _beside_code(new)):
        return False
    return codes[0] == codes[1] or _reads_alike(codes[0], codes[1])


def _code_of(node: Node) -> str | None:
    """Give the text of `{type: value, value: …}`; None of all else."""
    if not isinstance(node, Mapping) or node.data.get("type") != "value":
        return None
    said = node.data.get("value")
    return said if isinstance(said, str) else None


def _beside_code(node: Node) -> dict[str, Any]:
    return {key: value for key, value in node.data.items() if key != "value"}


def _reads_alike(old: str, new: str) -> bool:
    """Compare the words of both; what a first look tells apart is not parsed."""
    if not any("//" in code or "/*" in code for code in (old, new)) and _squeezed(old) != _squeezed(new):
        return False
    from xchange_cli.javascript.reading.tree import read

    codes = read(old), read(new)
    if any(code.root.has_error or code.data.decode("utf-8") != code.text for code in codes):
        return False
    tokens = (_tokens(code.root, code.data) for code in codes)
    return all(one == other and one is not None for one, other in zip_longest(*tokens))


def _squeezed(code: str) -> str:
    return "".join(code.split())


def _tokens(root: "CodeNode", data: bytes) -> Iterator[_Token | None]:
    """Yield each word with what it is, and whether a line end stands before it; None for what nobody can be sure of."""
    word_end = looked = 0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kind = node.type
        if kind.startswith(_UNSURE):
            yield None
        if kind not in _WHOLE and node.child_count:
            yield f"({kind}", "", False
            waiting.extend(reversed(node.children))
            continue
        if not _is_blank(data[looked : node.start_byte]) or _begins_old_comment(node, data):
            yield None
        looked = node.end_byte
        if kind == "comment":
            continue
        between = _decoded(data[word_end : node.start_byte])
        text = _decoded(data[node.start_byte : node.end_byte])
        yield kind, text, word_end > 0 and _LINE_END.search(between) is not None
        word_end = node.end_byte
    if not _is_blank(data[looked:]):
        yield None


def _is_blank(between: bytes) -> bool:
    return not between or _BLANKS.fullmatch(_decoded(between)) is not None


def _begins_old_comment(node: "CodeNode", data: bytes) -> bool:
    return node.type == "<" and data.startswith(_OLD_COMMENT, node.start_byte)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
