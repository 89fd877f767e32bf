"""All components for programs: `xchange.components/1`."""

from typing import Any, TextIO

from xchange_cli.components.catalog import Entry
from xchange_cli.components.lookup import ComponentList
from xchange_cli.formats.json_text import write_json


def render(result: ComponentList, out: TextIO) -> None:
    rows = [_entry(entry, is_local=result.is_local(entry)) for entry in result.entries]
    write_json({"schema": "xchange.components/1", "components": rows}, out)


def _entry(entry: Entry, *, is_local: bool) -> dict[str, Any]:
    return {
        "key": entry.key,
        "title": entry.title,
        "kind": entry.kind,
        "summary": entry.summary,
        "own": entry.is_own,
        "local": is_local,
        "actions": list(entry.actions),
        "triggers": list(entry.triggers),
        "connections": list(entry.connections),
        "dataSources": list(entry.data_sources),
    }
