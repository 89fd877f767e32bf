"""Cuts HTML into tags, comments and text, whatever it is like: every text has tokens, in one pass over it."""

import html
import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

RAW_ELEMENTS: Final = frozenset({
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
})  # fmt: skip
"""Elements in which `<` is text."""

_NAME = re.compile(r"[^\s/>]+")
_SPACES = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)))?"
)
_LONG_REFERENCE = re.compile("&#0*([0-9]{8})[0-9]*")


class Kind(Enum):
    TEXT = auto()
    RAW = auto()
    START = auto()
    END = auto()
    OTHER = auto()


class Token(NamedTuple):
    """`raw` is the token as it was written. START and END have a name, in lower case; RAW is the text of a script
    or the like, OTHER a comment, doctype or instruction."""

    kind: Kind
    raw: str
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens, whose raw texts together are the text; a tag that never ends is OTHER, up to the end."""
    start = place = 0
    while (place := text.find("<", place)) >= 0:
        token = _markup(text, place)
        if token is None:
            place += 1
            continue
        if start < place:
            yield Token(Kind.TEXT, text[start:place])
        yield token
        start = place = place + len(token.raw)
        if token.kind is Kind.START and token.name in RAW_ELEMENTS:
            place = _end_of_raw(text, place, token.name)
            if start < place:
                yield Token(Kind.RAW, text[start:place])
            start = place
    if start < len(text):
        yield Token(Kind.TEXT, text[start:])


def decoded(text: str) -> str:
    """Put characters in the place of references such as `&amp;`; a number beyond all characters gives U+FFFD."""
    return html.unescape(_LONG_REFERENCE.sub(r"&#\1", text))


def _markup(text: str, place: int) -> Token | None:
    """Read what begins with the `<` at a place; None if the `<` is text."""
    if text.startswith("<!--", place):
        return Token(Kind.OTHER, text[place : _after(text, "-->", place + 4)])
    following = text[place + 1 : place + 3]
    if following[:1] in {"!", "?"} and following:
        return Token(Kind.OTHER, text[place : _after(text, ">", place)])
    if following[:1] == "/" and _is_letter(following[1:]):
        end = _after(text, ">", place)
        if not text.endswith(">", place, end):
            return Token(Kind.OTHER, text[place:end])
        return Token(Kind.END, text[place:end], _name(text, place + 2))
    return _start_tag(text, place) if _is_letter(following[:1]) else None


def _start_tag(text: str, place: int) -> Token:
    name, at = _name(text, place + 1), place + 1
    attributes = []
    at = _skip(text, at + len(name))
    while match := _ATTRIBUTE.match(text, at):
        value = match["double"] or match["single"] or match["bare"] or ""
        attributes.append((match["name"].lower(), value))
        at = _skip(text, match.end())
    if not text.startswith(">", at):
        return Token(Kind.OTHER, text[place:])
    return Token(Kind.START, text[place : at + 1], name, tuple(attributes))


def _name(text: str, place: int) -> str:
    match = _NAME.match(text, place)
    assert match is not None, "a tag begins with a letter"
    return match[0].lower() if match[0].isascii() else match[0]


def _skip(text: str, place: int) -> int:
    match = _SPACES.match(text, place)
    return match.end() if match else place


def _after(text: str, closing: str, place: int) -> int:
    found = text.find(closing, place)
    return len(text) if found < 0 else found + len(closing)


def _end_of_raw(text: str, place: int, name: str) -> int:
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, place)
    return match.start() if match else len(text)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
