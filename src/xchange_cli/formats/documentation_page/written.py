"""What somebody wrote in Markdown, as parts of the page."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from posixpath import normpath
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.formats.documentation_page.contents import Heading, Ids, slug
from xchange_cli.formats.documentation_page.markup import Html, joined, tag
from xchange_cli.formats.safe_markdown import (
    is_harmless,
    is_remote,
    parser,
    plain_text,
    tokens_of,
    with_addresses,
)
from xchange_cli.overview.documentation import Documentation
from xchange_cli.overview.documentation_images import Image, Images
from xchange_cli.overview.documentation_parts import WrittenPage

if TYPE_CHECKING:
    from markdown_it.token import Token

_TOP = 2
_LOWEST = 6
_FROM_KEY = "Documentation"


class _Read(NamedTuple):
    """A page that was read. `headings` begin with its title; `ids` are those of its own headings by their slugs."""

    page: WrittenPage
    tokens: "list[Token]"
    headings: tuple[Heading, ...]
    has_title: bool
    ids: dict[str, str]


def written_parts(documentation: Documentation, ids: Ids) -> Iterator[tuple[tuple[Heading, ...], Html]]:
    """Yield the headings and the HTML of each page that somebody wrote."""
    pages = [_read(page, ids) for page in documentation.written]
    by_name = {one.page.name: one for one in pages}
    for one in pages:
        yield one.headings, _Writing(one, by_name, documentation.images).html()


def _read(page: WrittenPage, ids: Ids) -> _Read:
    tokens = tokens_of(page.text)
    opening = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    levels = [int(tokens[place].tag[1:]) for place in opening]
    top = min(levels, default=_TOP)
    has_title = bool(opening) and opening[0] == 0 and levels[0] == top
    down = _TOP - top if has_title else _TOP + 1 - top
    headings: list[Heading] = [] if has_title else [_title(page, ids)]
    own: dict[str, str] = {}
    for place, level in zip(opening, levels, strict=True):
        text = plain_text(tokens[place + 1].children)
        one = Heading(min(level + down, _LOWEST), text, ids.of(text))
        own.setdefault(slug(text), one.id)
        headings.append(one)
        tokens[place].tag = tokens[place + 2].tag = f"h{one.level}"
        tokens[place].attrs = {"id": one.id}
    return _Read(page, tokens, tuple(headings), has_title, own)


def _title(page: WrittenPage, ids: Ids) -> Heading:
    name = page.name.rpartition("/")[2].rpartition(".")[0].replace("-", " ").replace("_", " ")
    text = name[:1].upper() + name[1:] if page.name else _FROM_KEY
    return Heading(_TOP, text, ids.of(text))


class _Writing:
    """Writes one page; links to the others lead to where they stand on the same page."""

    def __init__(self, read: _Read, pages: dict[str, _Read], images: Images) -> None:
        self._read = read
        self._pages = pages
        self._images = images

    def html(self) -> Html:
        markdown = parser()
        tokens = [new for token in self._read.tokens for new in self._block(token)]
        body = Html(markdown.renderer.render(tokens, markdown.options, {}))
        first = self._read.headings[0]
        title = () if self._read.has_title else (tag("h2", first.text, id=first.id),)
        return tag("section", *title, body, class_="written")

    def _block(self, token: "Token") -> "Iterator[Token]":
        if token.children:
            token.children = self._inline(token.children)
        match token.type:
            case "table_open":
                yield _raw('<div class="scroll" role="region" aria-label="Table" tabindex="0">')
                yield token
            case "table_close":
                yield token
                yield _raw("</div>\n")
            case "fence" | "code_block":
                yield _raw(tag("pre", tag("code", token.content), tabindex="0") + "\n")
            case _:
                yield token

    def _inline(self, children: "Sequence[Token]") -> "list[Token]":
        shown, is_in_link = [], False
        for child in with_addresses(children):
            if child.type == "link_open":
                is_in_link = True
                child.attrs = self._link(child.attrs)
            elif child.type == "link_close":
                is_in_link = False
            shown.append(self._image(child, is_in_link=is_in_link) if child.type == "image" else child)
        return shown

    def _link(self, attributes: "dict[str, str | int | float]") -> "dict[str, str | int | float]":
        address = str(attributes.get("href", ""))
        if not is_harmless(address):
            return {}
        if is_remote(address):
            return {**attributes, "rel": "noopener noreferrer"}
        return {**attributes, "href": self._target(address)}

    def _target(self, address: str) -> str:
        """Give the address on this page of what is on it; others stay."""
        path, mark, part = address.partition("#")
        folder = self._read.page.name.rpartition("/")[0]
        name = normpath(f"{folder}/{path}" if folder else path) if path else self._read.page.name
        there = self._pages.get(name)
        if there is None:
            return address
        first = there.headings[0].id
        return "#" + (there.ids.get(part, part if not path else first) if mark else first)

    def _image(self, token: "Token", *, is_in_link: bool) -> "Token":
        source, words = str(token.attrs.get("src", "")), plain_text(token.children)
        if source.startswith("data:"):
            return _raw(_picture(source, words))
        if is_remote(source):
            link = tag("a", words or source, href=source, rel="noopener noreferrer")
            return _raw(tag("span", words) if is_in_link else link)
        found = self._images.find(self._read.page.name, source)
        if isinstance(found, Image):
            return _raw(_picture(f"data:{found.media_type};base64,{b64encode(found.data).decode()}", words))
        return _raw(tag("span", joined(words or "image", " (", source, ": ", found, ")"), class_="missing"))


def _picture(source: str, words: str) -> Html:
    return Html(f'<img src="{escape(source)}" alt="{escape(words)}">')


def _raw(html: str) -> "Token":
    """Make a token of HTML that was made here; what the Markdown has of its own is text by now."""
    from markdown_it.token import Token

    return Token("html_inline", "", 0, content=html)
