"""One action, trigger or connection for programs: `xchange.action/1`."""

from typing import TextIO

from xchange_cli.components.lookup import ActionPage
from xchange_cli.components.spec import ActionSpec
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.spec_data import action_data, connection_data


def render(result: ActionPage, out: TextIO) -> None:
    part = result.part
    is_action = isinstance(part, ActionSpec)
    kind = "connection" if not is_action else "trigger" if part.is_trigger else "action"
    data = action_data(part, is_local=result.is_local) if is_action else connection_data(part)
    write_json(
        {"schema": "xchange.action/1", "component": result.component.key, "kind": kind, **data},
        out,
    )
