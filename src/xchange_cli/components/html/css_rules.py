"""Reads style sheets: rules with their selectors and declarations, and the at-rules, which stay as they are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_STRING = r"\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?"
"""As in browsers, a text that is not closed ends with its line."""

_STRUCTURE = re.compile(rf"{_STRING}|[{{}};]", re.DOTALL)
_PARTS = re.compile(rf"{_STRING}|[()\[\],;]", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important\Z", re.IGNORECASE)


class Declaration(NamedTuple):
    name: str
    value: str
    is_important: bool = False


class Rule(NamedTuple):
    """`body` is what stands between the braces."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    body: str


def parse_sheet(text: str) -> Iterator[Rule | str]:
    """Yield the rules, and the at-rules as text, in order; what is neither is left out."""
    sheet = _COMMENT.sub("", text).replace("<!--", "").replace("-->", "")
    start = depth = opening = 0
    for match in _STRUCTURE.finditer(sheet):
        mark = match[0]
        if mark == "{":
            opening = match.start() if depth == 0 else opening
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
            if depth == 0:
                yield _block(sheet[start:opening].strip(), sheet[opening + 1 : match.start()])
                start = match.end()
        elif mark in {";", "}"} and depth == 0:
            statement = sheet[start : match.end()].strip()
            if statement.startswith("@"):
                yield statement
            start = match.end()


def parse_declarations(text: str) -> tuple[Declaration, ...]:
    """Read `name: value; …`; what is no declaration is left out."""
    found = []
    for part in split(_COMMENT.sub("", text), ";"):
        name, colon, value = part.partition(":")
        if not colon or not name.strip() or not value.strip():
            continue
        name, value = name.strip(), value.strip()
        important = _IMPORTANT.search(value)
        plain = value[: important.start()].rstrip() if important else value
        found.append(
            Declaration(name if name.startswith("--") else name.lower(), plain, important is not None)
        )
    return tuple(found)


def split(text: str, separator: str) -> list[str]:
    """Cut where the separator stands outside of texts and brackets."""
    parts, start, depth = [], 0, 0
    for match in _PARTS.finditer(text):
        mark = match[0]
        if mark in {"(", "["}:
            depth += 1
        elif mark in {")", "]"}:
            depth = max(depth - 1, 0)
        elif mark == separator and depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def _block(prelude: str, body: str) -> Rule | str:
    if prelude.startswith("@"):
        return f"{prelude} {{{body}}}"
    return Rule(tuple(split(prelude, ",")), parse_declarations(body), body.strip())
