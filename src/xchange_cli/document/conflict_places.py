"""Where in the document the conflicts of an unfinished merge are."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from xchange_cli.diagnostics import Edit
from xchange_cli.document.conflict_marks import Marked
from xchange_cli.document.edit import apply
from xchange_cli.document.parse import Document, parse
from xchange_cli.source import Source

_BEFORE_VALUE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*[ \t]*(?:- +)*")


class Place(NamedTuple):
    """The text without marks, read, and where in it the first value of the conflict begins."""

    document: Document
    offset: int


class Taken(NamedTuple):
    """The text in which one side is taken of all conflicts, read, and where in it the lines of each begin and end."""

    document: Document
    ranges: tuple[tuple[int, int], ...]

    def place(self, number: int) -> Place:
        start, _ = self.ranges[number]
        before = _BEFORE_VALUE.match(self.document.source.text, start)
        return Place(self.document, before.end() if before else start)


def places_of(source: Source, conflicts: Sequence[Marked]) -> tuple[Place, ...]:
    """Find the place of each conflict where our side is taken of all of them; where it has no lines, where theirs is.

    `conflicts` are all there are in the text, in its order. A document whose `root` is None tells that nothing is known.
    """
    return places_in(conflicts, taken(source, conflicts, "ours"), taken(source, conflicts, "theirs"))


def places_in(conflicts: Sequence[Marked], ours: Taken, theirs: Taken) -> tuple[Place, ...]:
    """Find the places where both texts are read already."""
    return tuple(
        (ours if one.ours.text.strip() else theirs).place(number) for number, one in enumerate(conflicts)
    )


def taken(source: Source, conflicts: Sequence[Marked], side: Literal["ours", "theirs"]) -> Taken:
    """Take one side of all conflicts that are in a text, and read it."""
    edits = [Edit(one.span, (one.ours if side == "ours" else one.theirs).text) for one in conflicts]
    ranges, shift = [], 0
    for edit in edits:
        start = edit.span.start + shift
        ranges.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return Taken(parse(Source(source.name, apply(source, edits))), tuple(ranges))
