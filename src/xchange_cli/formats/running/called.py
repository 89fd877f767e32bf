"""Flows that steps wait for where they cannot be shown one by one: called in loops, or too deep."""

from xchange_cli.engine.events import Handling, RunEvent, RunFinished, StepFailed, StepFinished
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.lines import Lines
from xchange_cli.formats.running.loop import TIMES, Summary
from xchange_cli.formats.running.shown import DEEPEST, Ending, Notes, Shown
from xchange_cli.formats.step_paths import ref_of


class Unseen:
    """Shows nothing, and keeps the times of what it does not show from piling up."""

    def __init__(self, course: Course) -> None:
        self._times = course.times

    def event(self, event: RunEvent) -> None:
        if isinstance(event, StepFinished):
            self._times.end(event.path)
        elif isinstance(event, StepFailed):
            self._times.end(event.failure.path)

    def called(self, course: Course) -> Shown:
        return Unseen(course)

    def close(self, ending: Ending) -> None:
        del ending


class FlowSummary:
    """All executions of one flow that one step in a loop has waited for."""

    def __init__(self, flow: str, lines: Lines, notes: Notes, depth: int) -> None:
        self._flow = flow
        self._lines = lines
        self._notes = notes
        self._depth = depth
        self._summary = Summary()
        self._runs = self._failed = 0

    def text(self) -> str:
        failed = f", {self._failed:,} failed" if self._failed else ""
        head = self._lines.line(f"{self._flow} {TIMES}{self._runs:,}{failed}", "bold")
        return head + self._summary.text(self._lines, "")

    def another(self, course: Course) -> Shown:
        """Add one more execution."""
        self._runs += 1
        return _Added(self, course)

    def take(self, event: RunEvent, course: Course) -> None:
        if isinstance(event, StepFinished):
            self._summary.finished(event.ref, course.times.end(event.path), event.result.branch)
        elif isinstance(event, StepFailed):
            self._fail(event, course)
        elif isinstance(event, RunFinished):
            self._failed += event.status.is_failure
        if (noted := self._notes.of(event)) is not None:
            path, note = noted
            self._summary.note(ref_of(path), path, note)

    def calls(self, course: Course) -> Shown:
        """Sum up a flow that a step of this one waits for."""
        if self._depth >= DEEPEST:
            return Unseen(course)
        return summed_up(self._summary, course, self._lines, self._notes, self._depth + 1)

    def _fail(self, event: StepFailed, course: Course) -> None:
        failure = event.failure
        self._summary.failed(failure.ref, course.times.end(failure.path), event.handling)
        if event.handling is Handling.ENDED_RUN and failure.kind != "flow-failed":
            self._summary.note(failure.ref, failure.path, self._notes.failed(failure))


class _Added:
    """One of the executions that are summed up."""

    def __init__(self, summary: FlowSummary, course: Course) -> None:
        self._summary = summary
        self._course = course

    def event(self, event: RunEvent) -> None:
        self._summary.take(event, self._course)

    def called(self, course: Course) -> Shown:
        return self._summary.calls(course)

    def close(self, ending: Ending) -> None:
        del ending


def summed_up(summary: Summary, course: Course, lines: Lines, notes: Notes, depth: int) -> Shown:
    """Show an execution as one of those that a step which is summed up, too, waits for."""
    flow, ref = course.execution.flow, ref_of(course.execution.path)
    called = summary.called(
        ref, flow.name, lambda: FlowSummary(flow.name, lines.below(ref, flow), notes, depth)
    )
    return called.another(course)
