"""The marks that an unfinished merge leaves in a file: git's, on lines of their own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.document.hunks import Hunk, Lines
from xchange_cli.source import Source, Span

_OURS, _BASE, _MIDDLE, _THEIRS = "<" * 7, "|" * 7, "=" * 7, ">" * 7
_MARK = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: ([^\r\n]*))?(?:\r\n|\r|\n|\Z)", re.MULTILINE)


class Marked(NamedTuple):
    """A conflict in a file: `span` has the marks, too; each side is whole lines. `base` is None where it is not shown."""

    span: Span
    ours: Span
    base: Span | None
    theirs: Span
    our_label: str
    their_label: str


class Written(NamedTuple):
    """A text with marks. `lines` has the line of the first mark by the numbers of the conflicts; lines count from 1."""

    text: str
    lines: dict[int, int]


def marked(source: Source) -> tuple[Marked, ...]:
    """Find all conflicts that have all their marks."""
    found: list[Marked] = []
    marks: dict[str, re.Match[str]] = {}
    for mark in _MARK.finditer(source.text):
        word = mark.group(1)
        if word == _OURS:
            marks = {}
        marks.setdefault(word, mark)
        if word == _THEIRS:
            if {_OURS, _MIDDLE} <= marks.keys():
                found.append(_conflict(source, marks))
            marks = {}
    return tuple(found)


def _conflict(source: Source, marks: dict[str, re.Match[str]]) -> Marked:
    first, middle, last = marks[_OURS], marks[_MIDDLE], marks[_THEIRS]
    base = marks.get(_BASE)
    return Marked(
        source.span(first.start(), last.end()),
        source.span(first.end(), (base or middle).start()),
        source.span(base.end(), middle.start()) if base is not None else None,
        source.span(middle.end(), last.start()),
        first.group(2) or "",
        last.group(2) or "",
    )


def with_marks(lines: Lines, labels: Sequence[str], ending: str) -> Written:
    """Write lines of which some are still to be chosen; `labels` are for ours, the base and theirs."""
    text: list[str] = []
    places: dict[int, int] = {}
    done = 0
    for line in lines:
        if isinstance(line, Hunk):
            places.update((number, done + 1) for number in line.numbers)
            line = _marked_text(line, labels, ending)  # noqa: PLW2901 - written out now
        text.append(line)
        done += len(Source("", line).line_starts) - 1
    return Written("".join(text), places)


def _marked_text(hunk: Hunk, labels: Sequence[str], ending: str) -> str:
    marks = (_OURS, _BASE, _MIDDLE)
    heads = (labels[0], labels[1], "")
    sides = (hunk.ours, hunk.base, hunk.theirs)
    parts = [
        f"{mark} {label}".rstrip() + ending + _ended(side, ending)
        for mark, label, side in zip(marks, heads, sides, strict=True)
    ]
    return "".join(parts) + f"{_THEIRS} {labels[2]}{ending}"


def _ended(text: str, ending: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else text + ending
