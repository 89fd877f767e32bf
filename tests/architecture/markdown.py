"""Markdown files as the tests of the documentation read them: links, anchors and console sessions."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(`+)(?:.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(
    r"(?<!\\)\]\((?P<inline>[^()\s]+)(?: \"[^\"]*\")?\)|^\[[^\]]+\]: *(?P<listed>\S+)", re.MULTILINE
)
_HEADING = re.compile(r"^#{1,6} +(?P<text>.+?)[ #]*$", re.MULTILINE)


class Command(NamedTuple):
    """What is typed, and what comes out of it."""

    line: int
    text: str
    output: str


def markdown_files(folder: Path) -> list[Path]:
    """Find all Markdown files but those of hidden folders."""
    found = folder.rglob("*.md")
    return sorted(
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def links(text: str) -> list[str]:
    bare = _CODE.sub("", _COMMENT.sub("", _FENCE.sub("", text)))
    return [match["inline"] or match["listed"] for match in _LINK.finditer(bare)]


def anchors(text: str) -> set[str]:
    """Give the names of headings as GitHub makes them: a repeated one gets a number."""
    names: set[str] = set()
    for match in _HEADING.finditer(_FENCE.sub("", text)):
        plain = re.sub(r"[`*\\]|\]\([^)]*\)|\[", "", match["text"]).strip().lower()
        name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        names.add(next(given for given in _numbered(name) if given not in names))
    return names


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(1))


def commands(text: str) -> list[Command]:
    """Read the blocks fenced as `console`."""
    found = []
    for block in _FENCE.finditer(text):
        if block["language"].strip() != "console":
            continue
        line = text.count("\n", 0, block.start()) + 2
        for entry in re.split(r"^(?=\$ )", block["text"], flags=re.MULTILINE):
            typed, _, output = entry.partition("\n")
            if typed:
                assert typed.startswith("$ "), (
                    f"line {line}: a console block begins with a command, not with {typed!r}"
                )
                found.append(Command(line, typed.removeprefix("$ "), output))
            line += entry.count("\n")
    return found
