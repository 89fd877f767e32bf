"""A recorded run for programs: `xchange.recorded-run/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.run_json import failure_data
from xchange_cli.formats.runs_json import run_data
from xchange_cli.formats.values import cut, jsonable
from xchange_cli.record.look import Call, RunLook
from xchange_cli.redaction import Redactor


def render(look: RunLook, out: TextIO) -> None:
    document = {
        "schema": "xchange.recorded-run/1",
        **run_data(look.entry),
        "canBeResumed": look.can_be_resumed,
        "resumed": [{"at": one.at, "after": one.after or None} for one in look.recorded.journal.resumed],
        "steps": [call_data(call) for call in look.calls()],
        "children": [run_data(one) for one in look.children],
    }
    write_json(document, out)


def call_data(call: Call) -> dict[str, Any]:
    """Give an attempt without its inputs."""
    return {
        "path": call.step_path,
        "ref": call.ref,
        "component": call.component,
        "action": call.action,
        "status": call.status,
        "attempt": call.attempt,
        "ms": round(call.milliseconds, 3),
        "result": cut(jsonable(call.result)),
        "branch": call.branch,
        "error": failure_data(call.failure, Redactor()),
        "child": call.child or None,
        "logs": [{"level": line.level, "message": line.message} for line in call.logs],
        "warnings": call.warnings,
    }
