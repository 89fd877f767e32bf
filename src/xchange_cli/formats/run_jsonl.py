"""`xchange run --output jsonl`: one event a line as it happens (schemas/run-event.schema.json)."""

from typing import Any, TextIO

from xchange_cli.engine.events import (
    Execution,
    FlowCalling,
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    Nested,
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
from xchange_cli.formats.run_json import execution_data, failure_data, response_data, warning_data
from xchange_cli.formats.step_times import StepTimes
from xchange_cli.formats.values import shown


def render(run: RunView, out: TextIO) -> None:
    shown_run = JsonLinesRun(out, run)
    for event in run.events:
        shown_run.event(event)


class JsonLinesRun:
    def __init__(self, out: TextIO, run: RunView) -> None:
        self._out = out
        self._first = run.first
        self._redactor = run.redactor
        self._now = run.now
        self._times: dict[str, StepTimes] = {}

    def event(self, event: RunEvent) -> None:
        """Write the event's line at once: a reader at the other end of a pipe follows the run."""
        line = self._nested(event) if isinstance(event, Nested) else self._line(event, self._first)
        self._out.write(json_text(line, self._out) + "\n")
        self._out.flush()

    def _nested(self, nested: Nested) -> dict[str, Any]:
        """Give the line of another execution's event; all of them name it."""
        line = self._line(nested.event, nested.execution)
        return {"event": line.pop("event"), "run": nested.execution.run_id, **line}

    def _line(self, event: RunEvent, execution: Execution) -> dict[str, Any]:
        match event:
            case RunStarted(flow):
                self._times[execution.run_id] = StepTimes(self._now)
                about = execution_data(execution)
                return {"event": "run_started", "run": execution.run_id, "flow": flow, **about}
            case StepStarting():
                return self._starting(event, self._times[execution.run_id])
            case StepFinished():
                return self._step_finished(event, self._times[execution.run_id])
            case StepFailed(failure, attempt, handling):
                if handling is not Handling.RETRIED:
                    self._times[execution.run_id].end(failure.path)
                error = failure_data(failure, self._redactor)
                head = {"event": "step_failed", "path": failure.path, "ref": failure.ref, "attempt": attempt}
                return {**head, "handling": handling.value, "error": error}
            case RunFinished():
                del self._times[execution.run_id]
                return self._finished(event, execution.run_id)
            case _:
                return self._aside(event)

    def _aside(self, event: RunEvent) -> dict[str, Any]:
        match event:
            case FlowCalling(path, ref, call):
                flow = call.flow or None
                return {"event": "flow_calling", "path": path.partition("#")[0], "ref": ref, "flow": flow}
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
            case _:
                raise AssertionError(f"no line is known for {type(event).__name__}")

    def _starting(self, event: StepStarting, times: StepTimes) -> dict[str, Any]:
        call = event.call
        times.begin(call.step_path)
        return {
            "event": "step_starting",
            "path": call.step_path,
            "ref": call.ref,
            "component": call.component,
            "action": call.action,
            "attempt": call.attempt,
            "inputs": shown(call.inputs, self._redactor),
        }

    def _step_finished(self, event: StepFinished, times: StepTimes) -> dict[str, Any]:
        return {
            "event": "step_finished",
            "path": event.path,
            "ref": event.ref,
            "attempt": event.attempt,
            "ms": round(times.end(event.path), 3),
            "result": shown(event.result.data, self._redactor),
        }

    def _finished(self, event: RunFinished, run_id: str) -> dict[str, Any]:
        return {
            "event": "run_finished",
            "run": run_id,
            "status": event.status.value,
            "response": response_data(event.response, self._redactor),
            "state": shown(event.state, self._redactor),
            "error": failure_data(event.failure, self._redactor),
            **({"stoppedAt": event.stopped_at} if event.stopped_at else {}),
        }
