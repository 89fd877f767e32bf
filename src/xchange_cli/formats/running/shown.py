"""What the ways to show an execution have in common."""

from enum import StrEnum
from typing import Protocol

from xchange_cli.engine.events import Failure, Handling, LogWritten, RunEvent, StepFailed, Waiting, Warned
from xchange_cli.engine.view import RunView
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.lines import Note

SHORTEST_WAIT_SHOWN = 1.0
DEEPEST = 3
"""Flows that wait for one another are shown so deep."""

_LEVEL_KINDS = {"WARN": "warning", "ERROR": "error", "FATAL": "error"}


class Ending(StrEnum):
    """How a run ended, as the line of what was under way then tells it; a record may be read before the end."""

    ENDED = "ended"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    RUNNING = "running"


class Shown(Protocol):
    """Shows one execution, or many of the same flow."""

    def event(self, event: RunEvent) -> None: ...

    def called(self, course: Course) -> "Shown":
        """Show a flow that a step of this one waits for."""
        ...

    def close(self, ending: Ending) -> None:
        """Show what is known of something that did not come to its end."""
        ...


class Notes:
    """Makes the notes that events leave below their steps."""

    def __init__(self, run: RunView) -> None:
        self._run = run
        self._redact = run.redactor.text

    def of(self, event: RunEvent) -> tuple[str, Note] | None:
        """Give the path of the step and the note; None for what leaves none."""
        match event:
            case LogWritten(path, level, message):
                return path, self._note(_LEVEL_KINDS.get(level, "dim"), level, message)
            case Warned(path, message, span):
                place = f" ({span.place})" if span else ""
                return path, self._note("warning", "warning:", f"{message}{place}")
            case StepFailed(failure, attempt, handling):
                return self._of_failure(failure, attempt, handling)
            case Waiting(path, seconds, reason) if path and seconds >= SHORTEST_WAIT_SHOWN:
                waits = self._run.waits
                told = f"waiting {seconds:g} s" if waits else f"{seconds:g} s skipped"
                return path, self._note("dim", "", f"{told} ({reason})")
            case _:
                return None

    def failed(self, failure: Failure) -> Note:
        """Tell why an execution has failed that is not explained on its own."""
        place = f" ({failure.span.place})" if failure.span else ""
        return self._note("error", "failed:", f"{failure.message}{place}")

    def _of_failure(self, failure: Failure, attempt: int, handling: Handling) -> tuple[str, Note] | None:
        """Tell of failures that do not end the run; the one that does is explained below the tree."""
        if handling is Handling.RETRIED:
            return failure.path, self._note("warning", f"attempt {attempt} failed:", failure.message)
        if handling is Handling.IGNORED:
            return failure.path, self._note("warning", "failed and ignored:", failure.message)
        return None

    def _note(self, kind: str, label: str, message: str) -> Note:
        return Note(kind, label, self._redact(message))
