"""`xchange run --output json`: one object when the run has ended (schemas/run.schema.json)."""

from typing import Any, TextIO

from xchange_cli.engine.events import (
    Cause,
    Execution,
    Failure,
    Handling,
    IterationStarting,
    LogWritten,
    Nested,
    Response,
    RunEvent,
    RunFinished,
    StepFailed,
    StepFinished,
    StepStarting,
    Warned,
)
from xchange_cli.engine.outcome import Outcome
from xchange_cli.engine.view import RunView
from xchange_cli.formats.both_ends import BothEnds
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.step_times import StepTimes
from xchange_cli.formats.values import cut, shown
from xchange_cli.redaction import Redactor
from xchange_cli.source import Span

MAX_LOGS = 10_000
MAX_FAILURES = 1_000


def render(run: RunView, out: TextIO) -> None:
    document = JsonDocument(run)
    for event in run.events:
        document.event(event)
    write_json(document.data, out)


class JsonDocument:
    """The object about all executions: at its top the first one, or the last retry of it."""

    def __init__(self, run: RunView) -> None:
        self._run = run
        self._main = run.first
        self._outcome = Outcome()
        self._executions: dict[str, JsonRun] = {}

    def event(self, event: RunEvent) -> None:
        execution, inner = event if isinstance(event, Nested) else (self._run.first, event)
        if execution.run_id not in self._executions:
            self._begin(execution)
        self._executions[execution.run_id].event(inner)
        if isinstance(inner, RunFinished):
            self._outcome.ended(execution, inner.status)

    def _begin(self, execution: Execution) -> None:
        self._executions[execution.run_id] = JsonRun(self._run, execution)
        self._outcome.begun(execution)
        if execution.cause is Cause.RETRY and execution.parent == self._main.run_id:
            self._main = execution

    @property
    def data(self) -> dict[str, Any]:
        """What the events have come to."""
        others = [one.document for run_id, one in self._executions.items() if run_id != self._main.run_id]
        return {
            "schema": "xchange.run/1",
            "outcome": self._outcome.status.value,
            **self._executions[self._main.run_id].document,
            **({"executions": others} if others else {}),
        }


def execution_data(execution: Execution) -> dict[str, Any]:
    """Say what led to an execution; the path is that of the step, not of one of its tries."""
    return {
        "cause": execution.cause.value,
        "parent": execution.parent or None,
        "calledAt": execution.path.partition("#")[0] or None,
        "attempt": execution.attempt,
    }


class JsonRun:
    """Keeps what the object lists: of a loop the last iteration's steps and the failures, so memory stays flat.

    Of very many failures and log lines it keeps the first and the last.
    """

    def __init__(self, run: RunView, execution: Execution) -> None:
        self._redactor = run.redactor
        self._times = StepTimes(run.now)
        self._steps: dict[str, dict[str, Any]] = {}
        self._failures: BothEnds[dict[str, Any]] = BothEnds(MAX_FAILURES)
        self._logs: BothEnds[dict[str, Any]] = BothEnds(MAX_LOGS)
        self._warnings: list[dict[str, Any]] = []
        self._calls: dict[str, tuple[str, str]] = {}
        self._order = 0
        self.document: dict[str, Any] = {
            "run": execution.run_id,
            "status": None,
            "flow": execution.flow.name,
            **execution_data(execution),
        }

    def event(self, event: RunEvent) -> None:
        match event:
            case StepStarting(call):
                self._times.begin(call.step_path)
                self._calls[call.ref] = (call.component, call.action)
            case IterationStarting(path):
                self._forget_iteration(path)
            case StepFinished():
                self._finished(event)
            case StepFailed():
                self._failed(event)
            case LogWritten(path, level, message):
                self._logs.append({"path": path, "level": level, "message": self._redactor.text(message)})
            case Warned():
                self._warnings.append(warning_data(event, self._redactor))
            case RunFinished():
                self._finish(event)
            case _:
                return

    def _record(self, path: str, ref: str, status: str, attempt: int) -> dict[str, Any]:
        component, action = self._calls[ref]
        self._order += 1
        return {
            "order": self._order,
            "path": path,
            "ref": ref,
            "component": component,
            "action": action,
            "status": status,
            "attempt": attempt,
            "ms": round(self._times.end(path), 3),
        }

    def _finished(self, event: StepFinished) -> None:
        record = self._record(event.path, event.ref, "success", event.attempt)
        self._steps[event.path] = {**record, "result": event.result.data}

    def _failed(self, event: StepFailed) -> None:
        failure = event.failure
        status = "ignored" if event.handling is Handling.IGNORED else "error"
        record = self._record(failure.path, failure.ref, status, event.attempt)
        error = {"kind": failure.kind, "message": self._redactor.text(failure.message)}
        self._failures.append({**record, "result": None, "error": error})

    def _forget_iteration(self, path: str) -> None:
        prefix = f"{path}["
        for inner in [known for known in self._steps if known.startswith(prefix)]:
            del self._steps[inner]

    def _finish(self, event: RunFinished) -> None:
        records = sorted([*self._steps.values(), *self._failures], key=lambda record: record.pop("order"))
        for record in records:
            record["result"] = cut(shown(record["result"], self._redactor))
        self.document |= {
            "status": event.status.value,
            "steps": records,
            "response": response_data(event.response, self._redactor),
            "state": shown(event.state, self._redactor),
            "logs": list(self._logs),
            "warnings": self._warnings,
            "error": failure_data(event.failure, self._redactor),
        }
        self.document |= self._left_out()
        if event.stopped_at:
            self.document["stoppedAt"] = event.stopped_at

    def _left_out(self) -> dict[str, int]:
        """Tell how many failures and log lines are not among those above, where some are not."""
        counts = {"failuresLeftOut": self._failures.left_out, "logsLeftOut": self._logs.left_out}
        return {key: count for key, count in counts.items() if count}


def response_data(response: Response | None, redactor: Redactor) -> dict[str, Any] | None:
    if response is None:
        return None
    return {
        "statusCode": response.status_code,
        "contentType": redactor.text(response.content_type),
        "headers": shown(response.headers, redactor),
        "body": shown(response.body, redactor),
    }


def failure_data(failure: Failure | None, redactor: Redactor) -> dict[str, Any] | None:
    if failure is None:
        return None
    data: dict[str, Any] = {
        "path": failure.path,
        "kind": failure.kind,
        "message": redactor.text(failure.message),
    }
    return {**data, **_place(failure.span)}


def warning_data(warned: Warned, redactor: Redactor) -> dict[str, Any]:
    return {"path": warned.path, "message": redactor.text(warned.message), **_place(warned.span)}


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {}
    first, last = span.first, span.last
    return {
        "file": span.source.name,
        "start": {"line": first.line, "column": first.column},
        "end": {"line": last.line, "column": last.column},
    }
