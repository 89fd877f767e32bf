"""What was approved, for people: which changes, where that is noted, and what is still open."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from xchange_cli.changes.change import Change
from xchange_cli.changes.grade import Grade
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_tree import TEXT, graded
from xchange_cli.formats.change_words import counts, with_place
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.comparing.approving import Approved

_KNOWN = "approved already, for this reason; nothing was changed"
_NONE_OPEN = "No other change needs an approval."
_MOST = 5


def render(approved: Approved, out: TextIO) -> None:
    style = Style.of(out)
    changes = list(_changes(approved))
    chosen = [(key, change) for key, change in changes if change.fingerprint in approved.chosen]
    still = [
        (key, change) for key, change in changes if change.approved is None and change.grade > Grade.SAFE
    ]
    still.sort(key=lambda one: -one[1].grade)
    out.write(f"{wrapped(done(approved))}\n")
    out.writelines(f"{line}\n" for line in _lines(chosen, style))
    out.write("\n")
    if not still:
        out.write(f"{_NONE_OPEN}\n")
        return
    out.write(f"{counts(change for _, change in still)} still open:\n")
    out.writelines(f"{line}\n" for line in _lines(still[:_MOST], style))
    if len(still) > _MOST:
        out.write(f"{count(len(still) - _MOST, 'more change')}: xchange diff\n")


def done(approved: Approved) -> str:
    """Say in one line how much was noted, and in which files."""
    did = [f"approved {count(approved.number, 'change')}"] if approved.number else []
    did += [f"corrected the reason of {count(approved.corrected, 'approval')}"] if approved.corrected else []
    return showable(f"{' and '.join(did)} in {', '.join(approved.files)}") if did else _KNOWN


def _changes(approved: Approved) -> Iterator[tuple[str, Change]]:
    """Yield all changes with the key of their integration, where there are several."""
    compared = approved.differences.compared
    for one in compared:
        key = one.change_set.key if len(compared) > 1 else ""
        yield from ((key, change) for change in one.change_set.changes)


def _lines(changes: Iterable[tuple[str, Change]], style: Style) -> Iterator[str]:
    for key, change in changes:
        told = with_place(change)
        yield from graded(change.grade, f"{key}: {told}" if key else told, style)
        yield style.paint("dim", wrapped(f"{change.kind} {change.fingerprint}", " " * TEXT))
