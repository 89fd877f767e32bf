"""The marks that an unfinished merge leaves in a file: git's, on lines of their own.

They are seven characters long, or longer: where git was told so, and around what a merge of merges has left in the base.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xchange_cli.document.hunks import Hunk, Lines
from xchange_cli.source import Source, Span

_OURS, _BASE, _MIDDLE, _THEIRS = "<" * 7, "|" * 7, "=" * 7, ">" * 7
_MARK = re.compile(r"^(<{7,}|\|{7,}|={7,}|>{7,})(?: ([^\r\n]*))?(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_Marks = dict[str, re.Match[str]]


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
    """Find all conflicts that have all their marks; one within another, with marks of another length, is text of that."""
    found: list[Marked] = []
    for one in _closed(source):
        while found and found[-1].span.start > one.span.start:
            found.pop()
        found.append(one)
    return tuple(found)


def _closed(source: Source) -> Iterator[Marked]:
    """Yield conflicts in the order of their last marks; all marks of one have one length."""
    begun: dict[int, _Marks] = {}
    for mark in _MARK.finditer(source.text):
        word, size = mark.group(1)[0], len(mark.group(1))
        if word == "<":
            begun[size] = {}
        marks = begun.get(size)
        if marks is None or (word == "|" and "=" in marks):
            continue
        marks.setdefault(word, mark)
        if word == ">":
            del begun[size]
            if "=" in marks:
                begun = {size: more for size, more in begun.items() if more["<"].start() < marks["<"].start()}
                yield _conflict(source, marks)


def _conflict(source: Source, marks: _Marks) -> Marked:
    first, middle, last = marks["<"], marks["="], marks[">"]
    base = marks.get("|")
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
