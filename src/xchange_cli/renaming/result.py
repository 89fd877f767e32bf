"""What a renaming changes, and what it leaves to the user."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Edit
from xchange_cli.renaming.subject import Subject
from xchange_cli.source import Source, Span


class Certainty(StrEnum):
    """How likely it is that a place means what was renamed."""

    UNSURE = "unsure"  # it may be a reference
    MENTION = "mention"  # words for people, and files that go by the name


class Doubt(NamedTuple):
    """A place that was left as it is; `reason` says why it is told."""

    span: Span
    certainty: Certainty
    reason: str

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.span.source.name, self.span.start, self.span.end, self.reason)


class FileRename(NamedTuple):
    """How one file changes: `places` are the edits of the text of `source`, `after` is the text that they make.

    `shown` are the texts before and after without secrets.
    """

    path: Path
    source: Source
    after: str
    places: tuple[Edit, ...]
    shown: tuple[str, str]


class Renamed(NamedTuple):
    """A renaming that is not written yet. Without `files` there is nothing to do.

    `findings` are those that the integration would have then and has not now; none of them is an error.
    """

    key: str
    subject: Subject
    files: tuple[FileRename, ...]
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    is_written: bool = False

    @property
    def places(self) -> int:
        return sum(len(file.places) for file in self.files)

    def doubts_of(self, certainty: Certainty) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts if doubt.certainty is certainty)
