"""What is known of a run when it starts, and when it has ended."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from xchange_cli.engine.events import RunFinished, State, Status
from xchange_cli.source import Span

COMMAND = "command"
"""The cause of a run that somebody asked for; the others have names of their own."""

STDIN_NAME = "<stdin>"
"""What the file of an integration on standard input is called."""


class RunStart(NamedTuple):
    """What a run starts from: enough to run it again or to go on with it.

    `cause` says why it was started: of a run that another one led to, `parent` is the id of that one and `path` the
    call there. `state` is what earlier runs have kept. `more` is whatever else a resume needs to know.
    """

    run_id: str
    integration_key: str
    integration_name: str
    file: str
    flow: str
    started_at: str
    is_synchronous: bool = False
    cause: str = COMMAND
    parent: str = ""
    path: str = ""
    attempt: int = 1
    config_name: str = ""
    config: Mapping[str, Any] = MappingProxyType({})
    state: State = MappingProxyType({})
    until: str = ""
    waits: bool = True
    timeout: float | None = None
    mocks: Mapping[str, Any] = MappingProxyType({})
    payload: Any = None
    more: Mapping[str, Any] = MappingProxyType({})


def why_final(file: str, more: Mapping[str, Any]) -> str:
    """Say why a run can never be gone on with, however it ended; empty where it can. `more` is that of its start."""
    if file == STDIN_NAME:
        return "the run was of an integration on standard input, which cannot be resumed"
    if more.get("http") == "replay":
        return "the run was answered from a recording, which a resumed run would begin anew"
    return ""


def start_fields(start: RunStart) -> dict[str, Any]:
    """Give the fields of `run.json`."""
    return {
        "run": start.run_id,
        "integration": {
            "key": start.integration_key,
            "name": start.integration_name,
            "file": start.file,
        },
        "flow": start.flow,
        "startedAt": start.started_at,
        "isSynchronous": start.is_synchronous,
        "cause": {
            "kind": start.cause,
            "parent": start.parent,
            "path": start.path,
            "attempt": start.attempt,
        },
        "config": {"name": start.config_name, "values": start.config},
        "state": start.state,
        "options": {
            "until": start.until,
            "waits": start.waits,
            "timeout": start.timeout,
            "more": start.more,
        },
        "mocks": start.mocks,
        "payload": start.payload,
    }


def start_of(fields: Mapping[str, Any]) -> RunStart:
    """Read the fields again.

    Raises:
        LookupError, TypeError: they are not those of a run.

    """
    integration, cause = fields["integration"], fields["cause"]
    config, options = fields["config"], fields["options"]
    return RunStart(
        run_id=fields["run"],
        integration_key=integration["key"],
        integration_name=integration["name"],
        file=integration["file"],
        flow=fields["flow"],
        started_at=fields["startedAt"],
        is_synchronous=fields["isSynchronous"],
        cause=cause["kind"],
        parent=cause["parent"],
        path=cause["path"],
        attempt=cause["attempt"],
        config_name=config["name"],
        config=config["values"],
        state=fields["state"],
        until=options["until"],
        waits=options["waits"],
        timeout=options["timeout"],
        mocks=fields["mocks"],
        payload=fields["payload"],
        more=options["more"],
    )


class RunEnd(NamedTuple):
    """How a run ended. `steps` counts the calls that gave a result; `failure` is as `end.json` has it."""

    status: Status
    ended_at: str
    seconds: float
    steps: int
    failure: Mapping[str, Any] | None = None
    stopped_at: str = ""

    @property
    def failure_path(self) -> str:
        return self.failure["path"] if self.failure else ""


def iso(at: datetime) -> str:
    """Write a time as records have it: UTC, with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def end_fields(finished: RunFinished, ended_at: datetime, seconds: float, steps: int) -> dict[str, Any]:
    """Give the fields of `end.json`."""
    failure = finished.failure
    return {
        "status": finished.status.value,
        "endedAt": iso(ended_at),
        "seconds": round(seconds, 3),
        "steps": steps,
        "failure": failure
        and {
            "path": failure.path,
            "kind": failure.kind,
            "message": failure.message,
            "place": _place(failure.span),
        },
        "stoppedAt": finished.stopped_at,
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return span and {"file": span.place.file, "line": span.place.line, "column": span.place.column}


def end_of(fields: Mapping[str, Any]) -> RunEnd:
    """Read the fields again.

    Raises:
        LookupError, TypeError, ValueError: they are not those of an end.

    """
    failure = fields["failure"]
    return RunEnd(
        status=Status(fields["status"]),
        ended_at=fields["endedAt"],
        seconds=float(fields["seconds"]),
        steps=int(fields["steps"]),
        failure=failure and {key: failure[key] for key in ("path", "kind", "message", "place")},
        stopped_at=fields["stoppedAt"],
    )
