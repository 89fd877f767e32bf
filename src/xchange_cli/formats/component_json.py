"""One component for programs: `xchange.component/1`."""

from typing import Any, TextIO

from xchange_cli.components.lookup import ComponentPage
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.spec_data import action_data, connection_data


def render(result: ComponentPage, out: TextIO) -> None:
    spec, local = result
    data: dict[str, Any] = {
        "schema": "xchange.component/1",
        "key": spec.key,
        "title": spec.title,
        "kind": spec.kind,
        "summary": spec.summary,
        "own": spec.is_own,
        "confidence": spec.confidence,
        "actions": [action_data(action, is_local=key in local) for key, action in spec.actions.items()],
        "triggers": [action_data(trigger, is_local=key in local) for key, trigger in spec.triggers.items()],
        "connections": [connection_data(connection) for connection in spec.connections.values()],
        "dataSources": list(spec.data_sources),
        "notes": list(spec.notes),
    }
    write_json(data, out)
