"""Lays HTML out as plain text: as the JavaScript library html-to-text does, with its defaults.

Lines have at most 80 characters, headings are in capitals, links and images show their addresses in brackets, list
items have ` * ` or numbers. A row of a table is a line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from xchange_cli.components.html.tokens import Kind, Token, decoded
from xchange_cli.components.html.tree import BLOCKS, Element, walk

_WIDTH: Final = 80
_LEAST_WIDTH: Final = 20
_SPACES = re.compile("[ \t\n\f\r]+")
_UNSEEN: Final = frozenset({"head", "script", "style", "template", "noscript", "title", "iframe"})
_LINES_AROUND: Final = {
    **dict.fromkeys(("h1", "h2", "h3"), (3, 2)),
    **dict.fromkeys(("h4", "h5", "h6", "p", "pre", "blockquote", "ul", "ol", "hr"), (2, 2)),
}
"""How many line ends come before and after an element; of other blocks it is one."""


@dataclass(slots=True)
class _Layout:
    """Text that grows: whole lines, and the inline text of the line that is not yet finished."""

    width: int
    lines: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    gap: int = 0
    is_upper: bool = False
    is_in_list: bool = False

    def add(self, text: str) -> None:
        self.inline.append(text.upper() if self.is_upper else text)

    def flush(self) -> None:
        """Finish the inline text, where there is some."""
        text = "".join(self.inline)
        self.inline.clear()
        if text.strip(" \n"):
            self.put([line for part in text.strip(" \n").split("\n") for line in _wrapped(part, self.width)])

    def put(self, lines: list[str]) -> None:
        """Add finished lines, below the empty ones that are due."""
        if self.lines:
            self.lines += [""] * (self.gap - 1)
        self.lines += lines
        self.gap = 1

    def part(self, around: tuple[int, int], fill: Callable[[], None]) -> None:
        """Add a block: the larger of two gaps counts."""
        self.flush()
        self.gap = max(self.gap, around[0])
        fill()
        self.flush()
        self.gap = max(self.gap, around[1])


def plain_text(root: Element) -> str:
    """Lay out the body, or everything where there is none."""
    layout = _Layout(_WIDTH)
    body = next((element for element in walk(root) if element.name == "body"), root)
    _fill(layout, body)
    layout.flush()
    return "\n".join(layout.lines)


def _fill(layout: _Layout, element: Element) -> None:
    for child in element.children:
        if isinstance(child, Element):
            _add(layout, child)
        elif child.kind is not Kind.OTHER:
            layout.add(_SPACES.sub(" ", decoded(child.raw)))


def _add(layout: _Layout, element: Element) -> None:
    name = element.name
    if name in _UNSEEN:
        return
    if name in _INLINE:
        _INLINE[name](layout, element)
        return
    if name not in BLOCKS:
        _fill(layout, element)
        return
    fill = _BLOCK.get(name, _fill)
    is_inner_list = layout.is_in_list and fill is _list
    around = (1, 1) if is_inner_list else _LINES_AROUND.get(name, (1, 1))
    layout.part(around, lambda: fill(layout, element))


def _link(layout: _Layout, element: Element) -> None:
    """Show the address of a link behind its text, or in place of it; one within the page is not shown."""
    before = len(layout.inline)
    _fill(layout, element)
    address = decoded(element.attributes.get("href", "")).strip().removeprefix("mailto:")
    if address and not address.startswith("#"):
        has_text = any(text.strip() for text in layout.inline[before:])
        layout.inline.append(f" [{address}]" if has_text else f"[{address}]")


def _image(layout: _Layout, element: Element) -> None:
    alternative, source = (decoded(element.attributes.get(key, "")).strip() for key in ("alt", "src"))
    layout.inline.append(" ".join(filter(None, (alternative, source and f"[{source}]"))))


def _heading(layout: _Layout, element: Element) -> None:
    before, layout.is_upper = layout.is_upper, True
    _fill(layout, element)
    layout.flush()
    layout.is_upper = before


def _preformatted(layout: _Layout, element: Element) -> None:
    text = "".join(
        decoded(part.raw)
        for inner in (element, *walk(element))
        for part in inner.children
        if isinstance(part, Token) and part.kind is not Kind.OTHER
    )
    layout.put(text.removeprefix("\n").rstrip().split("\n"))


def _quote(layout: _Layout, element: Element) -> None:
    inner = _Layout(max(layout.width - 2, _LEAST_WIDTH))
    _fill(inner, element)
    inner.flush()
    if inner.lines:
        layout.put([f"> {line}".rstrip() for line in inner.lines])


def _list(layout: _Layout, element: Element) -> None:
    """Lay out the items; numbers are right-aligned, lines below the first are indented."""
    items = [child for child in element.elements if child.name == "li"]
    start = int(text) if (text := element.attributes.get("start", "1")[:9]).isdecimal() else 1
    is_numbered = element.name == "ol"
    marks = [f" {number}. " if is_numbered else " * " for number in range(start, start + len(items))]
    width = max(map(len, marks), default=0)
    for mark, item in zip(marks, items, strict=True):
        inner = _Layout(max(layout.width - width, _LEAST_WIDTH), is_in_list=True)
        _fill(inner, item)
        inner.flush()
        first, *others = inner.lines or [""]
        lines = [mark.rjust(width) + first, *(" " * width + line for line in others)]
        layout.put([line.rstrip() for line in lines])


def _rule(layout: _Layout, _element: Element) -> None:
    layout.put(["-" * layout.width])


def _row(layout: _Layout, element: Element) -> None:
    """Put the cells of a row beside each other; a cell of several lines begins and ends lines."""
    for cell in element.children:
        if isinstance(cell, Element) and cell.name in {"td", "th"}:
            _fill(layout, cell)
            layout.add(" ")
        elif isinstance(cell, Element):
            _add(layout, cell)


_INLINE: Final[dict[str, Callable[[_Layout, Element], None]]] = {
    "a": _link,
    "img": _image,
    "br": lambda layout, _element: layout.inline.append("\n"),
}
_BLOCK: Final[dict[str, Callable[[_Layout, Element], None]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "pre": _preformatted,
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "hr": _rule,
    "tr": _row,
}


def _wrapped(text: str, width: int) -> list[str]:
    """Break at spaces; a word that is longer than a line stays whole."""
    lines, line = [], ""
    for word in filter(None, text.split(" ")):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
