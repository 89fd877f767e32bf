"""Integrations for programs: `xchange.list/1`."""

from datetime import UTC, datetime
from typing import Any, TextIO

from xchange_cli.formats.json_text import json_text
from xchange_cli.formats.publication_data import publication_data
from xchange_cli.overview.entry import Entry, FlowEntry, Problem
from xchange_cli.overview.search import Found, Unmatched


def render(result: Found, out: TextIO) -> None:
    """Write an object with a line for each integration: thousands are written in the time of some."""
    rest = {
        "allFiles": result.all_files,
        "unread": [one.file for one in result.unread],
        "unmatched": [_unmatched(one) for one in result.unmatched],
    }
    lines = ",\n".join(f"    {json_text(_entry(one), out)}" for one in result.entries)
    out.write('{\n  "schema": "xchange.list/1",\n  "integrations": [')
    out.write(f"\n{lines}\n  ]" if lines else "]")
    out.writelines(f',\n  "{key}": {json_text(value, out)}' for key, value in rest.items())
    out.write("\n}\n")


def _entry(one: Entry) -> dict[str, Any]:
    facts = one.facts
    return {
        "key": one.key,
        "file": one.file,
        "name": facts.name,
        "description": facts.description,
        "category": facts.category,
        "labels": facts.labels,
        "endpointType": facts.endpoint_type,
        "flows": [_flow(flow) for flow in facts.flows],
        "components": facts.components,
        "actions": [{"component": component, "action": action} for component, action in facts.actions],
        "connections": [{"key": key, "component": component or None} for key, component in facts.connections],
        "configVars": facts.config_vars,
        "changedAt": _moment(one.changed_at),
        "sameKey": one.twins,
        "published": publication_data(one.published),
        "parent": one.parent or None,
        "problem": _problem(facts.problem),
    }


def _flow(flow: FlowEntry) -> dict[str, Any]:
    trigger = {"component": flow.component, "action": flow.action} if flow.component else None
    return {
        "name": flow.name,
        "kinds": flow.kinds,
        "trigger": trigger,
        "synchronous": flow.is_synchronous,
        "steps": len(flow.step_names),
    }


def _moment(nanoseconds: int | None) -> str | None:
    """Give the time in UTC; None for one that no calendar has, too."""
    if nanoseconds is None:
        return None
    try:
        at = datetime.fromtimestamp(nanoseconds // 1_000_000 / 1000, UTC)
    except (OSError, OverflowError, ValueError):
        return None
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _problem(problem: Problem | None) -> dict[str, Any] | None:
    if problem is None:
        return None
    start = {"line": problem.line, "column": problem.column} if problem.line else None
    return {"message": problem.message, "hint": problem.hint, "start": start}


def _unmatched(one: Unmatched) -> dict[str, Any]:
    return {"filter": one.filter, "word": one.word, "nearest": one.nearest}
