"""One execution in words: the tree of its steps as they finish, and what it came to."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any, TextIO

from xchange_cli.engine.events import (
    Cause,
    Handling,
    IterationStarting,
    LoopStarted,
    Response,
    RunEvent,
    RunFinished,
    Status,
    StepFailed,
    StepFinished,
    StepStarting,
    Warned,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.failure_text import write_failure
from xchange_cli.formats.running.answer import changed_state, write_answer, write_result, write_state
from xchange_cli.formats.running.called import Unseen, summed_up
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.lines import Lines, Note
from xchange_cli.formats.running.shown import DEEPEST, Ending, Notes, Shown
from xchange_cli.formats.running.tree import Tree
from xchange_cli.formats.step_paths import ref_of
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact
from xchange_cli.formats.words import wrapped

NOTHING_NEW = "no changes: the trigger found nothing new"
_ANSWERS_SHOWN = {Cause.COMMAND, Cause.RETRY, Cause.ROUTING}


@dataclass(frozen=True, slots=True)
class Telling:
    """What everything needs that shows a run in words."""

    run: RunView
    style: Style
    notes: Notes


class ExecutionText:
    """Gives texts of whole lines to `write`; the head is written by others. `depth` counts those that wait for it."""

    def __init__(
        self, telling: Telling, course: Course, lines: Lines, write: Callable[[str], None], depth: int = 0
    ) -> None:
        self._telling = telling
        self._course = course
        self._lines = lines
        self._write = write
        self._depth = depth
        self._tree = Tree(lines, course.times, write)
        self._told: list[Warned] = []
        self._results: dict[str, Any] = {}
        self._last = ""

    def event(self, event: RunEvent) -> None:
        """Show an event of which the course knows already."""
        if isinstance(event, StepStarting):
            self._tree.starting(self._course.path)
        elif isinstance(event, IterationStarting):
            self._tree.iteration(event.path, event.position)
        elif isinstance(event, StepFinished):
            self._results[event.ref] = event.result.data
            self._last = event.path
            self._tree.finished(event)
        elif isinstance(event, LoopStarted):
            self._tree.begin_loop(event.path, event.ref, event.total)
        else:
            self._aside(event)

    def called(self, course: Course) -> Shown:
        execution = course.execution
        path, depth = execution.path.partition("#")[0], self._depth + 1
        if depth > DEEPEST:
            note = Note("dim", "", f"… called flows are not shown any deeper; {self._lines.whole} shows all")
            self._tree.note(path, note)
            return Unseen(course)
        if self._tree.loop is not None:
            return summed_up(self._tree.loop, course, self._lines, self._telling.notes, depth)
        lines = self._lines.below(ref_of(path), execution.flow)
        self._tree.below(path, lines.paragraph(f"{execution.flow.name} (run {execution.run_id})", "bold"))
        return ExecutionText(self._telling, course, lines, lambda text: self._tree.below(path, text), depth)

    def close(self, ending: Ending) -> None:
        self._tree.close(ending)

    def _aside(self, event: RunEvent) -> None:
        if isinstance(event, RunFinished):
            self._finish(event)
            return
        if isinstance(event, Warned) and not event.path:
            self._told.append(event)
            return
        if (noted := self._telling.notes.of(event)) is not None:
            self._tree.note(*noted)
        if isinstance(event, StepFailed):
            self._failed(event)

    def _failed(self, event: StepFailed) -> None:
        """Tell below its step why a called flow failed; other executions are explained below the tree."""
        failure = event.failure
        if self._depth and event.handling is Handling.ENDED_RUN and failure.kind != "flow-failed":
            self._tree.note(failure.path, self._telling.notes.failed(failure))
        self._tree.failed(event)

    def _finish(self, event: RunFinished) -> None:
        self._tree.close(Ending.ENDED if event.failure is None else Ending.FAILED)
        self._write("".join(self._ending(event)) if self._depth else self._explained(event))

    def _ending(self, event: RunFinished) -> list[str]:
        """Say in a few lines what a called flow came to; what it answered is the result of the step."""
        lines = [self._run_warning(warned) for warned in self._told]
        if event.status is Status.NO_CHANGES:
            lines.append(self._lines.line(NOTHING_NEW, "dim"))
        if event.failure is not None and not event.failure.ref:
            lines.append(self._lines.paragraph(f"failed: {event.failure.message}"))
        redactor = self._telling.run.redactor
        for name, value in changed_state(self._course.state, event.state, redactor).items():
            lines.append(self._lines.line(f"state: {name} = {compact(value)}", "dim"))
        return lines

    def _explained(self, event: RunFinished) -> str:
        run, style, out = self._telling.run, self._telling.style, StringIO()
        blame = self._course.blame
        if blame is not None:
            write_failure(blame, run, out, style)
        elif event.status is Status.NO_CHANGES:
            out.write(f"\n{NOTHING_NEW}\n")
        elif event.stopped_at:
            write_result(self._results.get(event.stopped_at), run.redactor, out, style)
        elif event.response is not None and self._course.execution.cause in _ANSWERS_SHOWN:
            write_answer(event.response, run.redactor, out, style)
            self._point_to_result(event.response, out)
        write_state(self._course.state, event.state, run.redactor, out, style)
        told = "".join(map(self._run_warning, self._told))
        return out.getvalue() + (f"\n{told}" if told else "")

    def _point_to_result(self, response: Response, out: TextIO) -> None:
        """Say below an answer that only names the run where its last result is."""
        run, run_id = self._telling.run, self._course.execution.run_id
        is_kept = run.is_recorded or run.is_past
        if is_kept and self._course.steps > 1 and response.body == {"executionId": run_id}:
            told = wrapped(
                f"`xchange runs show {run_id} {shlex.quote(self._last)}` shows the last result", "", "  "
            )
            out.writelines(f"{self._telling.style.paint('dim', line)}\n" for line in told.splitlines())

    def _run_warning(self, warned: Warned) -> str:
        text = self._lines.paragraph(f"warning: {warned.message}")
        return text.replace("warning:", self._telling.style.paint("warning", "warning:"), 1)
