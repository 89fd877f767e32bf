"""A run for people: the tree of its steps as they finish, the answer, and, on failure, all that explains it."""

from typing import TextIO

from xchange_cli.engine.events import (
    Failure,
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    Response,
    RunEvent,
    RunFinished,
    RunStarted,
    Status,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.failure_text import write_failure
from xchange_cli.formats.run_tree import Tree
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import pretty, shown
from xchange_cli.formats.words import count

MAX_ANSWER_LINES = 40
SHORTEST_WAIT_SHOWN = 1.0


def render(run: RunView, out: TextIO) -> None:
    text = _TextRun(run, out)
    for event in run.events:
        text.event(event)


class _TextRun:
    def __init__(self, run: RunView, out: TextIO) -> None:
        self._run = run
        self._out = out
        self._style = Style.of(out)
        self._tree = Tree(run, out, self._style)
        self._begun = run.now()
        self._calls = 0
        self._last_call: StepStarting | None = None

    def event(self, event: RunEvent) -> None:
        match event:
            case StepStarting(call):
                self._calls += 1
                self._last_call = event
                self._tree.starting(call)
            case IterationStarting(path, ref, position):
                self._tree.iteration(path, ref, position)
            case StepFinished():
                self._tree.finished(event)
            case LoopStarted(path, ref, total):
                self._tree.loop(path, ref, total)
            case RunStarted(flow):
                self._head(flow)
            case RunFinished():
                self._finish(event)
            case _:
                self._aside(event)

    def _aside(self, event: RunEvent) -> None:
        match event:
            case StepFailed():
                self._tree.failed(event)
                if event.handling is not Handling.ENDED_RUN:
                    self._note("warning", event.failure.path, _handled(event))
            case LogWritten(path, level, message):
                self._note("dim", path, f"{level} {message}")
            case Warned(path, message, span):
                place = f" ({span.place})" if span else ""
                self._note("warning", path, f"warning: {message}{place}")
            case Waiting(path, seconds, reason) if seconds >= SHORTEST_WAIT_SHOWN:
                self._note("dim", path, f"waiting {seconds:g} s ({reason})")
            case _:
                return

    def _head(self, flow: str) -> None:
        config = f", config {self._run.config_name}" if self._run.config_name else ""
        self._out.write(f"{self._style.paint('bold', flow)} (run {self._run.run_id}{config})\n\n")

    def _note(self, kind: str, path: str, message: str) -> None:
        self._tree.note(path, kind, self._run.redactor.text(message))

    def _finish(self, event: RunFinished) -> None:
        self._tree.close()
        seconds = self._run.now() - self._begun
        steps = count(self._calls, "step")
        if event.failure is not None:
            call = self._last_call.call if self._last_call else None
            write_failure(event.failure, call, self._run, self._out, self._style)
        elif event.response is not None:
            self._answer(event.response)
        word = self._style.paint("ok" if event.status is Status.SUCCESS else "error", event.status)
        end = f", stopped after {event.stopped_at}" if event.stopped_at else ""
        self._out.write(f"\n{word}: {steps} in {seconds:.2f} s{end}\n")

    def _answer(self, response: Response) -> None:
        head = f"answer {response.status_code} {response.content_type}"
        self._out.write(f"\n{self._style.paint('bold', head)}\n")
        body = shown(response.body, self._run.redactor)
        lines = body.splitlines() if isinstance(body, str) else pretty(body).splitlines()
        for line in lines[:MAX_ANSWER_LINES]:
            self._out.write(f"  {line}\n")
        if len(lines) > MAX_ANSWER_LINES:
            more = count(len(lines) - MAX_ANSWER_LINES, "more line")
            self._out.write(f"  … {more}; --output json shows all\n")


def _handled(event: StepFailed) -> str:
    failure: Failure = event.failure
    if event.handling is Handling.RETRIED:
        return f"attempt {event.attempt} failed: {failure.message}"
    return f"failed and ignored: {failure.message}"
