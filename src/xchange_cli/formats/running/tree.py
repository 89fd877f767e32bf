"""The steps of an execution as lines of a tree; a loop's steps are summed up below it when it has ended."""

from collections.abc import Callable
from typing import Any

from xchange_cli.engine.events import Failure, Handling, StepFailed, StepFinished
from xchange_cli.formats.running.lines import DONE, FAILED, RUNNING, Lines, Note, size_text
from xchange_cli.formats.running.loop import LoopSummary
from xchange_cli.formats.running.shown import Ending
from xchange_cli.formats.step_paths import ref_of
from xchange_cli.formats.step_times import StepTimes
from xchange_cli.formats.values import json_size

_MARKS = {Ending.ENDED: (DONE, "ok"), Ending.RUNNING: (RUNNING, "bold")}


class Tree:
    """Gives to `write` a line for each finished step outside of loops, and for each outermost loop all that was in it.

    `times` know when steps began.
    """

    def __init__(self, lines: Lines, times: StepTimes, write: Callable[[str], None]) -> None:
        self._lines = lines
        self._times = times
        self._write = write
        self._open = self._written = ""
        self._waiting: list[tuple[str, str]] = []
        self.loop: LoopSummary | None = None

    def starting(self, path: str) -> None:
        if self.loop is None:
            self._open = path

    def begin_loop(self, path: str, ref: str, total: int) -> None:
        if self.loop is None:
            self.loop = LoopSummary(path, ref, total)

    def iteration(self, path: str, position: int) -> None:
        if self.loop is not None and path == self.loop.path:
            self.loop.begun = position + 1

    def finished(self, event: StepFinished) -> None:
        milliseconds = self._times.end(event.path)
        result, loop = event.result, self.loop
        if loop is None:
            detail = _size(result.data) if result.branch is None else f"→ {result.branch}"
            self._line(DONE, "ok", event.path, milliseconds, detail)
        elif event.path != loop.path:
            loop.finished(event.ref, milliseconds, result.branch)
        else:
            times = f"{len(result.data):,} of {loop.total:,}"
            self._end_loop(DONE, "ok", milliseconds, f"{times}, {_size(result.data)}")

    def failed(self, event: StepFailed) -> None:
        failure, handling = event.failure, event.handling
        if self.loop is not None:
            self.loop.failed(failure.ref, self._times.end(failure.path), handling)
            if handling is Handling.ENDED_RUN:
                self._fail_inner_loops(failure, self.loop)
        elif handling is not Handling.RETRIED:
            is_ignored = handling is Handling.IGNORED
            milliseconds = self._times.end(failure.path)
            detail = "ignored" if is_ignored else ""
            self._line(FAILED, "warning" if is_ignored else "error", failure.path, milliseconds, detail)

    def note(self, path: str, note: Note) -> None:
        """Show a note below its step's line; of a loop, the first few of each step when the loop has ended."""
        if self.loop is not None and path != self.loop.path:
            self.loop.note(ref_of(path), path, note)
        else:
            self.below(path, self._lines.note(ref_of(path), note))

    def below(self, path: str, text: str) -> None:
        """Show a text of whole lines below a step's line, at once or when that is written."""
        if path == self._written:
            self._write(text)
        else:
            self._waiting.append((path, text))

    def close(self, ending: Ending) -> None:
        """Show what is known of a step or loop that did not come to its end."""
        mark, kind = _MARKS.get(ending, (FAILED, "error"))
        if self.loop is not None:
            where = f"{ending} at {self.loop.begun:,} of {self.loop.total:,}"
            self._end_loop(mark, kind, self._times.end(self.loop.path), where)
        if self._open:
            detail = ending.value if ending in {Ending.INTERRUPTED, Ending.RUNNING} else ""
            self._line(mark, kind, self._open, self._times.end(self._open), detail)
        for _, text in self._waiting:
            self._write(text)
        self._waiting.clear()

    def _line(
        self, mark: str, kind: str, path: str, milliseconds: float, detail: str, more: str = ""
    ) -> None:
        """Write the line of a step outside of loops and what waited for it."""
        parts = [self._lines.step(mark, kind, ref_of(path), milliseconds, detail)]
        parts += [text for waiting, text in self._waiting if waiting == path]
        self._waiting = [waiting for waiting in self._waiting if waiting[0] != path]
        self._open, self._written = "", path
        self._write("".join([*parts, more]))

    def _end_loop(self, mark: str, kind: str, milliseconds: float, detail: str) -> None:
        loop, self.loop = self.loop, None
        assert loop is not None
        self._line(mark, kind, loop.path, milliseconds, detail, loop.text(self._lines, loop.ref))

    def _fail_inner_loops(self, failure: Failure, outermost: LoopSummary) -> None:
        """Count the loops around a failure, which never come to their end, as failed, too."""
        parts = failure.path.split("/")[:-1]
        for depth in range(2, len(parts) + 1):
            path = "/".join(parts[:depth]).rpartition("[")[0]
            outermost.failed(ref_of(path), self._times.end(path), Handling.ENDED_RUN)


def _size(data: Any) -> str:
    """Give the size of a result; of no result, nothing."""
    return "" if data is None else size_text(json_size(data))
