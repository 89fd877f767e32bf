"""`xchange run --output jsonl`: one event a line as it happens (schemas/run-event.schema.json)."""

from typing import Any, TextIO

from xchange_cli.engine.events import (
    IterationStarting,
    LogWritten,
    LoopStarted,
    RunEvent,
    RunFinished,
    RunStarted,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.json_text import json_text
from xchange_cli.formats.run_json import failure_data, response_data, warning_data
from xchange_cli.formats.step_times import StepTimes
from xchange_cli.formats.values import shown


def render(run: RunView, out: TextIO) -> None:
    shown_run = JsonLinesRun(out, run)
    for event in run.events:
        shown_run.event(event)


class JsonLinesRun:
    def __init__(self, out: TextIO, run: RunView) -> None:
        self._out = out
        self._run_id = run.run_id
        self._redactor = run.redactor
        self._times = StepTimes(run.now)

    def event(self, event: RunEvent) -> None:
        """Write the event's line at once: a reader at the other end of a pipe follows the run."""
        self._out.write(json_text(self._line(event), self._out) + "\n")
        self._out.flush()

    def _line(self, event: RunEvent) -> dict[str, Any]:
        match event:
            case RunStarted(flow):
                return {"event": "run_started", "run": self._run_id, "flow": flow}
            case StepStarting():
                return self._starting(event)
            case StepFinished():
                return self._step_finished(event)
            case StepFailed(failure, attempt, handling):
                error = failure_data(failure, self._redactor)
                head = {"event": "step_failed", "path": failure.path, "ref": failure.ref, "attempt": attempt}
                return {**head, "handling": handling.value, "error": error}
            case RunFinished():
                return self._finished(event)
            case _:
                return self._aside(event)

    def _aside(
        self, event: Waiting | LogWritten | LoopStarted | IterationStarting | Warned
    ) -> dict[str, Any]:
        match event:
            case Waiting(path, seconds, reason):
                return {"event": "waiting", "path": path, "seconds": seconds, "reason": reason}
            case LogWritten(path, level, message):
                text = self._redactor.text(message)
                return {"event": "log", "path": path, "level": level, "message": text}
            case LoopStarted(path, ref, total):
                return {"event": "loop_started", "path": path, "ref": ref, "total": total}
            case IterationStarting(path, ref, position):
                return {"event": "iteration_starting", "path": path, "ref": ref, "index": position}
            case Warned():
                return {"event": "warning", **warning_data(event, self._redactor)}

    def _starting(self, event: StepStarting) -> dict[str, Any]:
        call = event.call
        self._times.begin(call.step_path)
        return {
            "event": "step_starting",
            "path": call.step_path,
            "ref": call.ref,
            "component": call.component,
            "action": call.action,
            "attempt": call.attempt,
            "inputs": shown(call.inputs, self._redactor),
        }

    def _step_finished(self, event: StepFinished) -> dict[str, Any]:
        return {
            "event": "step_finished",
            "path": event.path,
            "ref": event.ref,
            "attempt": event.attempt,
            "ms": round(self._times.end(event.path), 3),
            "result": shown(event.result.data, self._redactor),
        }

    def _finished(self, event: RunFinished) -> dict[str, Any]:
        return {
            "event": "run_finished",
            "run": self._run_id,
            "status": event.status.value,
            "response": response_data(event.response, self._redactor),
            "state": shown(event.state, self._redactor),
            "error": failure_data(event.failure, self._redactor),
            **({"stoppedAt": event.stopped_at} if event.stopped_at else {}),
        }
