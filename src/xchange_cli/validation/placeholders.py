"""Texts that look like placeholders but are none, and what they were meant to be."""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

_CLOSED = r"\{\{\s*[#$][^{}]*\}\}"
_OPEN = r"\{\{\s*(?P<open>[#$][^{}\n]*(?=\})|[#$][^{}\s]*)\}?"
_UNMARKED = r"\{\{(?P<unmarked>[^{}#$\n][^{}\n]*)\}\}"
_SINGLE = r"\$\{(?P<script>[^{}\n]+)\}|\{(?P<single>[#$][^{}\n]+)\}"
_LOOK_ALIKE = re.compile(rf"{_CLOSED}|{_OPEN}|{_UNMARKED}|{_SINGLE}")

RESULT = ("results", "currentItem", "index")
"""What a path reads of a step, one of these."""


class Known(NamedTuple):
    """The step keys and config variables that a placeholder may name."""

    steps: Container[str]
    config_vars: Container[str]

    def placeholder(self, name: str) -> str:
        """Give the placeholder for a path or a config variable, with or without its mark; empty if there is none."""
        name = name.strip()
        bare = name.lstrip("#$").strip()
        step, _, rest = bare.partition(".")
        if not name.startswith("#") and step in self.steps and rest.split(".")[0].split("[")[0] in RESULT:
            return f"{{{{${bare}}}}}"
        if not name.startswith("$") and bare in self.config_vars:
            return f"{{{{#{bare}}}}}"
        return ""


class Found(NamedTuple):
    """A look-alike at `text[start:end]`; `meant` is the right placeholder, empty where that is not known."""

    start: int
    end: int
    meant: str
    is_open: bool = False


def look_alikes(text: str, known: Known) -> Iterator[Found]:
    """Yield what a template does not read as a placeholder; with single braces, only what names something known."""
    if "{" not in text:
        return
    for match in _LOOK_ALIKE.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        meant = known.placeholder(match[kind])
        if meant or kind in {"open", "unmarked"}:
            yield Found(match.start(), match.end(), meant, is_open=kind == "open")


def placeholders(text: str, known: Known) -> Iterator[Found]:
    """Yield the placeholders of steps and config variables that exist, wherever the text stands."""
    if "{{" in text:
        for match in re.finditer(r"\{\{(?P<name>[^{}\n]+)\}\}", text):
            meant = known.placeholder(match["name"])
            if meant:
                yield Found(match.start(), match.end(), meant)


def is_result_path(text: str, known: Known) -> bool:
    """Tell a text that is nothing but a path into the result of a known step; names of flows may have blanks."""
    before, _, _ = text.partition(".webhookUrls.")
    is_bare = " " not in before and not any(mark in text for mark in "\n{}#$")
    return is_bare and known.placeholder(f"${text}") != ""
