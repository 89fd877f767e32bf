"""`xchange run --output json`: one object when the run has ended (schemas/run.schema.json)."""

from typing import Any, TextIO

from xchange_cli.engine.events import (
    Failure,
    Handling,
    IterationStarting,
    LogWritten,
    Response,
    RunEvent,
    RunFinished,
    RunStarted,
    StepFailed,
    StepFinished,
    StepStarting,
    Warned,
)
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
    shown_run = JsonRun(out, run)
    for event in run.events:
        shown_run.event(event)


class JsonRun:
    """Keeps what the object lists: of a loop the last iteration's steps and the failures, so memory stays flat.

    Of very many failures and log lines it keeps the first and the last.
    """

    def __init__(self, out: TextIO, run: RunView) -> None:
        self._out = out
        self._redactor = run.redactor
        self._times = StepTimes(run.now)
        self._steps: dict[str, dict[str, Any]] = {}
        self._failures: BothEnds[dict[str, Any]] = BothEnds(MAX_FAILURES)
        self._logs: BothEnds[dict[str, Any]] = BothEnds(MAX_LOGS)
        self._warnings: list[dict[str, Any]] = []
        self._calls: dict[str, tuple[str, str]] = {}
        self._order = 0
        self._document: dict[str, Any] = {"schema": "xchange.run/1", "run": run.run_id}

    def event(self, event: RunEvent) -> None:
        match event:
            case RunStarted(flow):
                self._document["flow"] = flow
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
        self._document |= {
            "status": event.status.value,
            "steps": records,
            "response": response_data(event.response, self._redactor),
            "state": shown(event.state, self._redactor),
            "logs": list(self._logs),
            "warnings": self._warnings,
            "error": failure_data(event.failure, self._redactor),
        }
        self._document |= self._left_out()
        if event.stopped_at:
            self._document["stoppedAt"] = event.stopped_at
        ordered = {key: self._document.pop(key) for key in ("schema", "run", "status", "flow")}
        write_json({**ordered, **self._document}, self._out)

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
