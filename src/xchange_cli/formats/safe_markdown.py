"""Markdown of people, read so that nothing in it can do anything: no HTML, and only links that a reader would expect."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = frozenset({"http", "https", "mailto"})
_PICTURE = re.compile(r"data:image/(?:gif|jpeg|png|webp);base64,", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\]]+", re.IGNORECASE)
_BEHIND = ".,;:!?*_~)"
"""What stands behind an address in a sentence, rather than in it."""


@cache
def parser() -> "MarkdownIt":
    """Give what reads Markdown: CommonMark with tables and strikethrough."""
    from markdown_it import MarkdownIt

    class Careful(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return is_harmless(url) or _PICTURE.match(url) is not None

    return Careful("commonmark", {"html": False}).enable(["table", "strikethrough"])


def tokens_of(text: str) -> "list[Token]":
    """Read Markdown; what is HTML, or a link to where no reader would expect it, is text."""
    return parser().parse(text)


def is_harmless(url: str) -> bool:
    """Tell an address of the web or for mail, and one that is relative."""
    plain = "".join(character for character in url if character > " " and character != "\x7f")
    scheme = _SCHEME.match(plain)
    return scheme is None or scheme[1].lower() in _SCHEMES


def is_remote(url: str) -> bool:
    return url.startswith("//") or _SCHEME.match(url) is not None


def plain_text(children: "Iterable[Token] | None") -> str:
    """Give what a reader sees of a line, without marks; images are told by the texts that stand for them."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content for child in children or ()
    )


def with_addresses(children: "Sequence[Token]") -> "Iterator[Token]":
    """Make links of addresses that stand in the text, as most readers of Markdown do."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type != "text" or depth or "://" not in child.content:
            yield child
        else:
            yield from _linked(child.content)


def _linked(text: str) -> "Iterator[Token]":
    from markdown_it.token import Token

    behind = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_BEHIND)
        yield Token("text", "", 0, content=text[behind : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": parser().normalizeLink(address)})
        yield Token("text", "", 0, content=address)
        yield Token("link_close", "a", -1)
        behind = found.start() + len(address)
    yield Token("text", "", 0, content=text[behind:])
