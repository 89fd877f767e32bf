"""The executions of a run: which of them stands where."""

from collections import Counter
from collections.abc import Callable

from xchange_cli.engine.events import Cause, Execution, Nested, RunEvent, RunFinished
from xchange_cli.engine.outcome import Outcome
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.execution import ExecutionText, Telling
from xchange_cli.formats.running.heads import head_text
from xchange_cli.formats.running.lines import ALL_EVENTS, ALL_OF_RECORD, DONE, Lines
from xchange_cli.formats.running.shown import Ending, Shown
from xchange_cli.formats.words import count

MOST_WHOLE = 5
"""Of a flow that is called again and again, so many executions are shown with their steps."""

_REPEATED = {Cause.CROSS_FLOW, Cause.RECURSION}


class Blocks:
    """Shows each execution below the step that waits for it, and others one below the other.

    `under_way` has the courses of those that have not ended, each behind the one that waits for it.
    """

    def __init__(self, telling: Telling, write: Callable[[str], None], under_way: list[Course]) -> None:
        self._telling = telling
        self._write = write
        self._under_way = under_way
        self._first = telling.run.first
        self._active: dict[str, tuple[Course, Shown]] = {}
        self._brief: dict[str, list[str]] = {}
        self._is_listing = False
        self._seen: Counter[tuple[str, Cause]] = Counter()
        self.courses: dict[str, Course] = {}
        self.outcome = Outcome()

    def event(self, event: RunEvent) -> None:
        if isinstance(event, Nested):
            execution, event = event
        else:
            execution = self._first
        active = self._active.get(execution.run_id)
        course, shown = self._begin(execution, event) if active is None else active
        course.event(event)
        shown.event(event)
        if isinstance(event, RunFinished):
            self._end(course, event)

    def left(self, ending: Ending) -> None:
        """Show what was finished when the events stopped before the end."""
        for _, shown in reversed(self._active.values()):
            shown.close(ending)
        for held in self._brief.values():
            self._write("".join(held))

    def _begin(self, execution: Execution, event: RunEvent) -> tuple[Course, Shown]:
        course = Course(execution, self._telling.run.now)
        parent = self._active.get(execution.parent) if execution.waited_for else None
        shown = parent[1].called(course) if parent is not None else self._block(course, event)
        self.courses[execution.run_id] = course
        self._active[execution.run_id] = course, shown
        self._under_way.append(course)
        self.outcome.begun(execution)
        return course, shown

    def _block(self, course: Course, event: RunEvent) -> Shown:
        """Begin a block of its own; one of very many is held back until it is known whether it failed."""
        execution, telling = course.execution, self._telling
        whole = ALL_OF_RECORD if telling.run.is_past else ALL_EVENTS
        lines = Lines(execution.flow, telling.run.redactor.text, telling.style, whole=whole)
        self._seen[execution.flow.name, execution.cause] += 1
        write = self._write
        if self._is_brief(execution):
            held: list[str] = []
            self._brief[execution.run_id] = held
            write = held.append
        else:
            self._is_listing = False
        parent = self.courses.get(execution.parent)
        caller = parent.execution.flow if parent else None
        head = head_text(execution, caller, event, telling.run, lines, telling.style)
        write(f"{head}\n" if not self.courses else f"\n{head}\n")
        return ExecutionText(telling, course, lines, write)

    def _is_brief(self, execution: Execution) -> bool:
        return execution.cause in _REPEATED and self._seen[execution.flow.name, execution.cause] > MOST_WHOLE

    def _end(self, course: Course, finished: RunFinished) -> None:
        execution = course.execution
        del self._active[execution.run_id]
        self._under_way.remove(course)
        self.outcome.ended(execution, finished.status)
        if execution.waited_for and execution.parent in self.courses:
            self.courses[execution.parent].answered = course.blame
        if (held := self._brief.pop(execution.run_id, None)) is not None:
            is_brief = not finished.status.is_failure
            self._write(self._in_brief(course) if is_brief else "".join(held))
            self._is_listing = is_brief

    def _in_brief(self, course: Course) -> str:
        """Say in one line that one more execution of a flow has ended well."""
        execution = course.execution
        first = "" if self._is_listing else "\n"
        told = f"{count(course.steps, 'step')} in {self._telling.run.now() - course.begun:.2f} s"
        lines = Lines(execution.flow, self._telling.run.redactor.text, self._telling.style)
        return first + lines.line(f"{DONE} {execution.flow.name} (run {execution.run_id}): {told}")
