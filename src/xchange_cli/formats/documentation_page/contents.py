"""The headings of a page: their ids, and the table of contents made of them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xchange_cli.formats.documentation_page.markup import Html, joined, tag

_DEEPEST = 3
_NO_WORD = re.compile(r"[^\w\- ]+")


class Heading(NamedTuple):
    level: int
    text: str
    id: str


class Ids:
    """Gives ids that occur once on a page."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, text: str) -> str:
        """Make an id of a text, as readers of Markdown in repositories do, with a number where that is needed."""
        base = slug(text) or "part"
        found, number = base, 1
        while found in self._given:
            number += 1
            found = f"{base}-{number}"
        self._given.add(found)
        return found


def slug(text: str) -> str:
    return _NO_WORD.sub("", text.strip().lower()).replace(" ", "-")


def heading(one: Heading) -> Html:
    return tag(f"h{one.level}", one.text, id=one.id)


def contents(headings: Sequence[Heading]) -> Html:
    """Give the table of contents: headings of level 2, and those of level 3 below them."""
    shown = [one for one in headings if one.level <= _DEEPEST]
    return tag(
        "nav",
        tag("details", tag("summary", "Contents"), tag("ul", *_entries(shown)), open=""),
        aria_label="Contents",
    )


def _entries(shown: Sequence[Heading]) -> Iterator[Html]:
    position = 0
    while position < len(shown):
        end = position + 1
        while end < len(shown) and shown[end].level == _DEEPEST:
            end += 1
        below = [tag("li", _link(one)) for one in shown[position + 1 : end]]
        yield tag("li", joined(_link(shown[position]), *([tag("ul", *below)] if below else ())))
        position = end


def _link(one: Heading) -> Html:
    return tag("a", one.text, href=f"#{one.id}")
