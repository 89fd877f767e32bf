"""The steps of a run as lines of a tree; a loop's steps are summed up below it when it has ended."""

import re
from enum import StrEnum
from typing import Any, TextIO

from xchange_cli.engine.events import Failure, Handling, StepCall, StepFailed, StepFinished
from xchange_cli.engine.view import RunView
from xchange_cli.formats.running.lines import DONE, FAILED, Lines, Note, size_text
from xchange_cli.formats.running.loop import LoopSummary
from xchange_cli.formats.running.progress import Progress
from xchange_cli.formats.step_times import StepTimes
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import json_size


class Ending(StrEnum):
    """How a run ended, as the line of what was under way then tells it."""

    ENDED = "ended"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Tree:
    """Writes a line for each finished step outside of loops, and for each outermost loop all that was in it."""

    def __init__(self, run: RunView, out: TextIO, style: Style) -> None:
        self._out = out
        self._lines = Lines(run, out, style)
        self._progress = Progress(out, style, run.now, self._lines.name)
        self._times = StepTimes(run.now)
        self._loop: LoopSummary | None = None
        self._open = self._written = ""
        self._notes: list[tuple[str, Note]] = []

    def starting(self, call: StepCall) -> None:
        path = call.path.partition("#")[0]
        self._times.begin(path)
        if self._loop is None:
            self._open = path
            self._progress.say(self._lines.name(call.ref))

    def waiting(self, path: str, seconds: float) -> None:
        self._progress.say(f"{self._lines.name(_ref(path))}: waiting {seconds:g} s")

    def loop(self, path: str, ref: str, total: int) -> None:
        self._progress.loop(ref, total)
        if self._loop is None:
            self._loop = LoopSummary(path, ref, total)

    def iteration(self, path: str, ref: str, position: int) -> None:
        if self._loop is not None and path == self._loop.path:
            self._loop.begun = position + 1
        self._progress.iteration(path, ref, position)

    def finished(self, event: StepFinished) -> None:
        milliseconds = self._times.end(event.path)
        result = event.result
        if self._loop is None:
            detail = _size(result.data) if result.branch is None else f"→ {result.branch}"
            self._line(DONE, "ok", event.path, milliseconds, detail)
        elif event.path != self._loop.path:
            self._loop.finished(event.ref, milliseconds, result.branch)
        else:
            times = f"{len(result.data):,} of {self._loop.total:,}"
            self._end_loop(DONE, "ok", milliseconds, f"{times}, {_size(result.data)}")

    def failed(self, event: StepFailed) -> None:
        failure, handling = event.failure, event.handling
        if self._loop is not None:
            self._loop.failed(failure.ref, self._times.end(failure.path), handling)
            if handling is Handling.ENDED_RUN:
                self._fail_inner_loops(failure, self._loop)
        elif handling is not Handling.RETRIED:
            is_ignored = handling is Handling.IGNORED
            milliseconds = self._times.end(failure.path)
            detail = "ignored" if is_ignored else ""
            self._line(FAILED, "warning" if is_ignored else "error", failure.path, milliseconds, detail)

    def note(self, path: str, note: Note) -> None:
        """Show a note below its step's line; of a loop, the first few of each step when the loop has ended."""
        if self._loop is not None and path != self._loop.path:
            self._loop.note(_ref(path), path, note)
        elif path == self._written:
            self._lines.note(_ref(path), note)
        else:
            self._notes.append((path, note))

    def leave(self) -> None:
        self._progress.clear()

    def close(self, ending: Ending) -> None:
        """Show what is known of a step or loop that did not come to its end."""
        self._progress.clear()
        if self._loop is not None:
            mark, kind = (DONE, "ok") if ending is Ending.ENDED else (FAILED, "error")
            where = f"{ending} at {self._loop.begun:,} of {self._loop.total:,}"
            self._end_loop(mark, kind, self._times.end(self._loop.path), where)
        if self._open:
            detail = ending.value if ending is Ending.INTERRUPTED else ""
            self._line(FAILED, "error", self._open, self._times.end(self._open), detail)
        for path, note in self._notes:
            self._lines.note(_ref(path), note)

    def _line(self, mark: str, kind: str, path: str, milliseconds: float, detail: str) -> None:
        """Write the line of a step outside of loops and the notes that waited for it."""
        self._progress.clear()
        self._lines.step(mark, kind, _ref(path), milliseconds, detail)
        for waiting, note in self._notes:
            if waiting == path:
                self._lines.note(_ref(path), note)
        self._notes = [waiting for waiting in self._notes if waiting[0] != path]
        self._open, self._written = "", path
        self._out.flush()

    def _end_loop(self, mark: str, kind: str, milliseconds: float, detail: str) -> None:
        loop, self._loop = self._loop, None
        assert loop is not None
        self._line(mark, kind, loop.path, milliseconds, detail)
        loop.write(self._lines)

    def _fail_inner_loops(self, failure: Failure, outermost: LoopSummary) -> None:
        """Count the loops around a failure, which never come to their end, as failed, too."""
        parts = failure.path.split("/")[:-1]
        for depth in range(2, len(parts) + 1):
            path = "/".join(parts[:depth]).rpartition("[")[0]
            outermost.failed(_ref(path), self._times.end(path), Handling.ENDED_RUN)


def _size(data: Any) -> str:
    """Give the size of a result; of no result, nothing."""
    return "" if data is None else size_text(json_size(data))


def _ref(path: str) -> str:
    """Give the step key that a path ends with."""
    return re.split(r"[\[~#]", path.rpartition("/")[2])[0]
