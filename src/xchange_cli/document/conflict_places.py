"""Where in the document the conflicts of an unfinished merge are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

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


def places_of(source: Source, conflicts: Sequence[Marked]) -> tuple[Place, ...]:
    """Find the place of each conflict where our side is taken of all of them; where it has no lines, where theirs is.

    `conflicts` are all there are in the text, in its order. A document whose `root` is None tells that nothing is known.
    """
    ours, theirs = (_taken(source, conflicts, side) for side in ("ours", "theirs"))
    return tuple((ours if one.ours.text.strip() else theirs)[number] for number, one in enumerate(conflicts))


def _taken(source: Source, conflicts: Sequence[Marked], side: str) -> list[Place]:
    edits = [Edit(one.span, getattr(one, side).text) for one in conflicts]
    text = apply(source, edits)
    document = parse(Source(source.name, text))
    places, shift = [], 0
    for edit in edits:
        before = _BEFORE_VALUE.match(text, edit.span.start + shift)
        places.append(Place(document, before.end() if before else edit.span.start + shift))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return places
