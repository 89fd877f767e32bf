"""The conflicts that are left in a file: found again by their marks, and settled for one side."""

from collections.abc import Iterable
from typing import NamedTuple

from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.diagnostics import Edit
from xchange_cli.document.conflict_marks import Marked, marked
from xchange_cli.document.conflict_places import Place, places_of
from xchange_cli.document.edit import apply
from xchange_cli.document.wanted import Side
from xchange_cli.model.build import build
from xchange_cli.source import Source


class Hunk(NamedTuple):
    """A conflict in a file, from mark to mark, with the names of the flow and the step that it is in, or is about."""

    marks: Marked
    flow: str
    step: str

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
    places = places_of(source, found)
    return tuple(Hunk(marks, *_names(place)) for marks, place in zip(found, places, strict=True))


def resolve(source: Source, hunks: Iterable[Hunk], side: Side) -> str:
    """Give the text of `source` in which these conflicts are settled: only that side's lines stay."""
    return apply(source, [Edit(hunk.marks.span, hunk.text(side)) for hunk in hunks])


def _names(place: Place) -> tuple[str, str]:
    """Tell the flow and the step of the innermost part at a place."""
    integration = build(place.document.root)
    parts = read_parts(integration).walk() if integration is not None else ()
    around = [part for part in parts if part.node.start <= place.offset < part.node.end]
    if not around:
        return "", ""
    flow, step = around[-1].within(PartKind.FLOW), around[-1].within(PartKind.STEP)
    return (flow.name if flow else ""), (step.name if step else "")
