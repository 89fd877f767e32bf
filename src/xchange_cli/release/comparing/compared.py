"""What a comparison has found, integration by integration."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.verdict import Verdict
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import APPROVALS

if TYPE_CHECKING:
    from xchange_cli.changes.impact import Impact


class Compared(NamedTuple):
    """One integration. `impacts` say what becomes of its config sets; None where nobody asked.

    `place` is the folder of its working copy, or where that was; None for a file that is not called `integration.yml`.
    `is_working` tells that the new side is that copy, or that it is gone: what such a comparison shows can be approved.
    `errors` counts those that `xchange validate` finds in the new side, where that is the working copy; None where nobody
    looked. `unused` are the fingerprints of approvals that fit none of the changes.
    """

    change_set: ChangeSet
    verdict: Verdict
    place: Path | None = None
    impacts: "tuple[Impact, ...] | None" = None
    is_working: bool = False
    errors: int | None = None
    unused: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade | None:
        """The worst grade, also of approved changes; None where nothing changed in meaning."""
        return self.change_set.grade


class Differences(NamedTuple):
    """`compared` are the integrations that differ in meaning, or the one that was meant, whether it does or not.

    `looked` counts all that were looked at, `other_form` those of them that differ in their texts alone. `troubles` say
    why `lost` others could not be compared. `project` is what it is called, and `made` the day of the comparison, for reports.
    """

    compared: tuple[Compared, ...]
    looked: int
    is_one: bool
    other_form: tuple[str, ...] = ()
    troubles: tuple[XchangeError, ...] = ()
    lost: int = 0
    project: str = ""
    made: str = ""

    @property
    def unused(self) -> tuple[tuple[str, Path], ...]:
        """Approvals that fit no change of this comparison: their fingerprints and files."""
        return tuple(
            (text, one.place / APPROVALS) for one in self.compared if one.place for text in one.unused
        )

    def open_changes(self, grade: Grade) -> Iterator[Change]:
        """Yield the changes of at least a grade that nobody approved."""
        for one in self.compared:
            yield from (
                change
                for change in one.change_set.changes
                if change.approved is None and change.grade >= grade
            )
