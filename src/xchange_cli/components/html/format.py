"""Puts each block of HTML on lines of its own, indented by two spaces a level; inline content stays on one line."""

import re
from typing import Final

from xchange_cli.components.html.tokens import RAW_ELEMENTS, Kind, Token
from xchange_cli.components.html.tree import BLOCKS, VOID, Element, write

_WIDTH: Final = 80
_AS_WRITTEN: Final = RAW_ELEMENTS | {"pre"}
_SPACES = re.compile("[ \t\n\f\r]+")


def formatted(root: Element) -> str:
    """Write a tree; the text ends with a line end, unless it is empty."""
    return "".join(f"{line}\n" for line in _lines(root, 0))


def _lines(element: Element, level: int) -> list[str]:
    """Give the lines of what an element holds."""
    lines: list[str] = []
    inline: list[str] = []
    indent = "  " * level
    for child in element.children:
        if _is_inline(child):
            inline.append(_inline(child))
            continue
        lines += _finished(inline, indent)
        lines += _block(child, level) if isinstance(child, Element) else [indent + child.raw]
    return lines + _finished(inline, indent)


def _finished(inline: list[str], indent: str) -> list[str]:
    text = "".join(inline).strip(" \n")
    inline.clear()
    return [indent + text] if text else []


def _block(element: Element, level: int) -> list[str]:
    indent, end = "  " * level, _end(element)
    if element.name in _AS_WRITTEN:
        return [indent + element.start + "".join(map(write, element.children)) + end]
    inner = _lines(element, level + 1)
    if not inner:
        return [indent + element.start + end]
    one_line = indent + element.start + inner[0].strip() + end
    is_short = len(inner) == 1 and len(one_line) <= _WIDTH and all(map(_is_inline, element.children))
    return [one_line] if is_short else [indent + element.start, *inner, indent + end]


def _is_inline(node: Element | Token) -> bool:
    if isinstance(node, Token):
        return node.kind is not Kind.OTHER
    return node.name not in BLOCKS and all(map(_is_inline, node.children))


def _inline(node: Element | Token) -> str:
    if isinstance(node, Token):
        return _SPACES.sub(" ", node.raw) if node.kind is Kind.TEXT else node.raw
    return node.start + "".join(map(_inline, node.children)) + _end(node)


def _end(element: Element) -> str:
    """Give the end tag, also where it was left out."""
    has_none = element.name in VOID or (element.start.endswith("/>") and not element.children)
    return element.end or ("" if has_none else f"</{element.name}>")
