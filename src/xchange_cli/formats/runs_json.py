"""Runs for programs: `xchange.runs/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.record.listing import Entry, Listing


def render(result: Listing, out: TextIO) -> None:
    runs = [run_data(one) for one in result.entries]
    write_json({"schema": "xchange.runs/1", "runs": runs, "leftOut": result.left_out}, out)


def run_data(one: Entry) -> dict[str, Any]:
    """Give what is known of a run at a glance; of an unreadable one that is its id."""
    return {
        "run": one.run_id,
        "status": one.status,
        "integration": {"key": one.key, "name": one.name, "file": one.file},
        "flow": one.flow,
        "config": one.config,
        "startedAt": one.started_at or None,
        "endedAt": one.ended_at or None,
        "seconds": one.seconds,
        "steps": one.steps,
        "cause": {
            "kind": one.cause or None,
            "parent": one.parent or None,
            "path": one.path or None,
            "attempt": one.attempt,
        },
        "failure": one.failure or None,
        "canBeResumed": one.can_be_resumed,
    }
