"""A run for people: the tree of its steps as they finish, the answer, and, on failure, all that explains it."""

from typing import Any, TextIO

from xchange_cli.engine.events import (
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    RunEvent,
    RunFinished,
    RunStarted,
    Status,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.cells import showable
from xchange_cli.formats.failure_text import step_name, write_failure
from xchange_cli.formats.running.answer import write_answer, write_result, write_state
from xchange_cli.formats.running.lines import Note
from xchange_cli.formats.running.tree import Ending, Tree
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count

SHORTEST_WAIT_SHOWN = 1.0
_LEVEL_KINDS = {"WARN": "warning", "ERROR": "error", "FATAL": "error"}


def render(run: RunView, out: TextIO) -> None:
    text = _TextRun(run, out)
    try:
        for event in run.events:
            text.event(event)
    except KeyboardInterrupt:
        text.interrupted()
        raise
    finally:
        text.leave()


class _TextRun:
    def __init__(self, run: RunView, out: TextIO) -> None:
        self._run = run
        self._out = out
        self._style = Style.of(out)
        self._tree = Tree(run, out, self._style)
        self._begun = run.now()
        self._steps = 0
        self._ignored = 0
        self._last_call: StepCall | None = None
        self._results: dict[str, Any] = {}

    def event(self, event: RunEvent) -> None:
        match event:
            case StepStarting(call):
                self._steps += call.attempt == 1
                self._last_call = call
                self._tree.starting(call)
            case IterationStarting(path, ref, position):
                self._tree.iteration(path, ref, position)
            case StepFinished():
                self._results[event.ref] = event.result.data
                self._tree.finished(event)
            case LoopStarted(path, ref, total):
                self._tree.loop(path, ref, total)
            case RunStarted(flow):
                self._head(flow)
            case RunFinished():
                self._finish(event)
            case _:
                self._aside(event)

    def interrupted(self) -> None:
        """Show what was finished."""
        self._tree.close(Ending.INTERRUPTED)

    def leave(self) -> None:
        """Leave the terminal clean, also when something unforeseen ends the run."""
        self._tree.leave()

    def _aside(self, event: RunEvent) -> None:
        match event:
            case StepFailed():
                self._failed(event)
            case LogWritten(path, level, message):
                self._note(path, _LEVEL_KINDS.get(level, "dim"), level, message)
            case Warned(path, message, span):
                place = f" ({span.place})" if span else ""
                self._note(path, "warning", "warning:", f"{message}{place}")
            case Waiting(path, seconds, reason) if seconds >= SHORTEST_WAIT_SHOWN:
                if self._run.waits:
                    self._note(path, "dim", "", f"waiting {seconds:g} s ({reason})")
                    self._tree.waiting(path, seconds)
                else:
                    self._note(path, "dim", "", f"{seconds:g} s skipped ({reason})")
            case _:
                return

    def _failed(self, event: StepFailed) -> None:
        """Tell of failures that do not end the run; the one that does is explained below the tree."""
        path, message = event.failure.path, event.failure.message
        if event.handling is Handling.RETRIED:
            self._note(path, "warning", f"attempt {event.attempt} failed:", message)
        elif event.handling is Handling.IGNORED:
            self._ignored += 1
            self._note(path, "warning", "failed and ignored:", message)
        self._tree.failed(event)

    def _head(self, flow: str) -> None:
        config = f", config {showable(self._run.config_name)}" if self._run.config_name else ""
        self._out.write(f"{self._style.paint('bold', showable(flow))} (run {self._run.run_id}{config})\n\n")

    def _note(self, path: str, kind: str, label: str, message: str) -> None:
        self._tree.note(path, Note(kind, label, self._run.redactor.text(message)))

    def _finish(self, event: RunFinished) -> None:
        self._tree.close(Ending.ENDED if event.failure is None else Ending.FAILED)
        redactor = self._run.redactor
        if event.failure is not None:
            write_failure(event.failure, self._last_call, self._run, self._out, self._style)
        elif event.stopped_at:
            write_result(self._results.get(event.stopped_at), redactor, self._out, self._style)
        elif event.response is not None:
            write_answer(event.response, redactor, self._out, self._style)
        write_state(event.state, redactor, self._out, self._style)
        word = self._style.paint("ok" if event.status is Status.SUCCESS else "error", event.status)
        seconds = self._run.now() - self._begun
        ignored = f", {count(self._ignored, 'failure')} ignored" if self._ignored else ""
        self._out.write(f"\n{word}: {count(self._steps, 'step')} in {seconds:.2f} s{ignored}\n")
        if event.stopped_at:
            name = step_name(self._run.flow, event.stopped_at)
            self._out.write(f"ended after `{showable(name)}`, as --until asks\n")
