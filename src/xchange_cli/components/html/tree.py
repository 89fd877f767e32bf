"""HTML as a tree that can be written back as it was; what is not closed or not opened is taken as browsers mostly do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from xchange_cli.components.html.tokens import Kind, Token, tokens

VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
"""Elements that have no end tag."""

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "li", "link", "main", "menu", "meta", "nav", "ol", "p", "pre", "script", "section",
    "style", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
"""Elements that begin a line of their own."""

_FOREIGN: Final = ("svg", "math")
"""Elements in which, as in XML, `/>` ends an element."""

_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"thead", "tbody", "tfoot"}
_STRUCTURE = frozenset({"html", "head", "body", "script", "style", "title", "link", "meta"})
_ENDED_BY: Final = {
    **dict.fromkeys(BLOCKS - _GROUPS - _STRUCTURE - {"li", "dt", "dd"}, frozenset({"p"})),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
    "td": _CELLS | {"p"},
    "th": _CELLS | {"p"},
    "tr": _ROWS | {"p"},
    **dict.fromkeys(("thead", "tbody", "tfoot"), _GROUPS | {"p"}),
    "body": frozenset({"head"}),
}
"""By the name of an element that begins: which elements end before it, if they are the innermost."""


@dataclass(slots=True, eq=False)
class Element:
    """`start` and `end` are the tags as they were written; the end of an element that was not closed is empty.

    The attributes have names in lower case and values as they were written.
    """

    name: str
    start: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | Token"] = field(default_factory=list)
    end: str = ""

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]


def parse(text: str) -> Element:
    """Give a nameless element that holds everything."""
    root = Element("")
    stack, is_open = [root], Counter[str]()
    for token in tokens(text):
        if token.kind is Kind.END:
            _close(stack, is_open, token)
            continue
        if token.kind is not Kind.START:
            stack[-1].children.append(token)
            continue
        while stack[-1].name in _ENDED_BY.get(token.name, ()):
            is_open[stack.pop().name] -= 1
        element = Element(token.name, token.raw, _first_of_each(token.attributes))
        stack[-1].children.append(element)
        is_foreign = token.name in _FOREIGN or any(is_open[name] > 0 for name in _FOREIGN)
        is_closed = is_foreign and token.raw.endswith("/>")
        if token.name not in VOID and not is_closed:
            stack.append(element)
            is_open[token.name] += 1
    return root


def write(node: Element | Token) -> str:
    if isinstance(node, Token):
        return node.raw
    return node.start + "".join(map(write, node.children)) + node.end


def walk(element: Element) -> Iterator[Element]:
    """Yield the elements below one, in the order of the document."""
    waiting = element.elements[::-1]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting += inner.elements[::-1]


def _first_of_each(attributes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, value in attributes:
        known.setdefault(name, value)
    return known


def _close(stack: list[Element], is_open: Counter[str], token: Token) -> None:
    """End the innermost element of this name, and those in it; an end tag of none is left out."""
    if not is_open[token.name]:
        return
    while stack[-1].name != token.name:
        is_open[stack.pop().name] -= 1
    is_open[token.name] -= 1
    stack.pop().end = token.raw
