"""What both sides say where they are in each other's way, and what stood there before, without secrets."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from xchange_cli.changes.change import Change
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.wanted import Side as Which
from xchange_cli.errors import XchangeError
from xchange_cli.merging.conflicts import Hunk, resolve
from xchange_cli.project.integration_file import opened
from xchange_cli.project.targets import Target
from xchange_cli.release.upstream.conflicts import OpenConflict, Values
from xchange_cli.source import Source

_LONGEST = 60
"""Characters of a value that is shown beside two others."""


def with_values(
    source: Source, conflicts: Sequence[OpenConflict], target: Target, catalog: Catalog
) -> tuple[OpenConflict, ...]:
    """Add the values to conflicts about a single value that is short on each side; `source` is the text with the marks.

    The three states are compared as `xchange diff` does it, which takes out secrets.
    """
    hunks = [one.hunk for one in conflicts]
    try:
        base, ours, theirs = (_side(source, hunks, which, target) for which in ("base", "ours", "theirs"))
    except XchangeError:
        return tuple(conflicts)
    mine = _by_conflict(compare(base, ours, catalog).changes, hunks)
    other = _by_conflict(compare(base, theirs, catalog).changes, hunks)
    return tuple(
        one._replace(values=_values(mine[number], other[number])) for number, one in enumerate(conflicts)
    )


def _side(source: Source, hunks: Iterable[Hunk], which: Which, target: Target) -> Side:
    text = resolve(source, hunks, which)
    return Side(which, opened(target, Source(source.name, text)).integration)


def _by_conflict(changes: Iterable[Change], hunks: Sequence[Hunk]) -> list[list[Change]]:
    """Sort changes since the base under the conflicts in whose lines they are."""
    starts: list[int] = []
    ends: list[int] = []
    gone = 0
    for hunk in hunks:
        starts.append(hunk.marks.span.start - gone)
        ends.append(starts[-1] + len(hunk.text("base")))
        gone += hunk.marks.span.end - hunk.marks.span.start - len(hunk.text("base"))
    found: list[list[Change]] = [[] for _ in hunks]
    for change in changes:
        if change.old_span is not None:
            number = bisect_right(starts, change.old_span.start) - 1
            if number >= 0 and change.old_span.start < ends[number]:
                found[number].append(change)
    return found


def _values(mine: Sequence[Change], other: Sequence[Change]) -> Values | None:
    """Give the values where each side has changed one, and both the same."""
    if len(mine) != 1 or len(other) != 1 or mine[0].path != other[0].path:
        return None
    texts = (mine[0].old_text, mine[0].new_text, other[0].new_text)
    if mine[0].old_text != other[0].old_text:
        return None
    base, ours, theirs = (_short(text) for text in texts)
    return (
        Values(ours, theirs, base) if base is not None and ours is not None and theirs is not None else None
    )


def _short(text: str | None) -> str | None:
    return None if text is None or len(text) > _LONGEST or "\n" in text else text
