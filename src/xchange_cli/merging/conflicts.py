"""The conflicts that are left in a file: found again by their marks, and settled for one side."""

from collections.abc import Iterable
from typing import NamedTuple

from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.diagnostics import Edit
from xchange_cli.document.conflict_marks import Marked, marked
from xchange_cli.document.conflict_places import Place, Taken, places_in, taken
from xchange_cli.document.edit import apply
from xchange_cli.document.wanted import Side
from xchange_cli.model.build import build
from xchange_cli.source import Source


class Hunk(NamedTuple):
    """A conflict in a file, from mark to mark, with the names of the flow and the step that it is in, or is about.

    `place` is where it is in the text without marks. `alone` are the names of steps that one side alone has between the
    marks: added, removed, or moved.
    """

    marks: Marked
    flow: str
    step: str
    place: Place
    alone: frozenset[str]

    def text(self, side: Side) -> str:
        match side:
            case "ours":
                return self.marks.ours.text
            case "base":
                return self.marks.base.text if self.marks.base is not None else ""
            case "theirs":
                return self.marks.theirs.text


def conflicts_in(source: Source) -> tuple[Hunk, ...]:
    """Find the conflicts in a file; flow and step are empty where they cannot be told, or where there is none."""
    found = marked(source)
    if not found:
        return ()
    ours, theirs = taken(source, found, "ours"), taken(source, found, "theirs")
    first, second = _steps(ours), _steps(theirs)
    return tuple(
        Hunk(marks, *_names(place), place, first[number] ^ second[number])
        for number, (marks, place) in enumerate(zip(found, places_in(found, ours, theirs), strict=True))
    )


def resolve(source: Source, hunks: Iterable[Hunk], side: Side) -> str:
    """Give the text of `source` in which these conflicts are settled: only that side's lines stay."""
    return apply(source, [Edit(hunk.marks.span, hunk.text(side)) for hunk in hunks])


def _steps(side: Taken) -> list[frozenset[str]]:
    """Give the names of the steps that begin in the lines of each conflict."""
    integration = build(side.document.root)
    steps = [
        part
        for part in (read_parts(integration).walk() if integration is not None else ())
        if part.kind is PartKind.STEP
    ]
    return [
        frozenset(step.name for step in steps if start <= step.node.start < end) for start, end in side.ranges
    ]


def _names(place: Place) -> tuple[str, str]:
    """Tell the flow and the step of the innermost part at a place."""
    integration = build(place.document.root)
    parts = read_parts(integration).walk() if integration is not None else ()
    around = [part for part in parts if part.node.start <= place.offset < part.node.end]
    if not around:
        return "", ""
    flow, step = around[-1].within(PartKind.FLOW), around[-1].within(PartKind.STEP)
    return (flow.name if flow else ""), (step.name if step else "")
