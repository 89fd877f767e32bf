"""One action, trigger or connection for programs: `xchange.action/1`."""

from typing import TextIO

from xchange_cli.components.lookup import ActionPage
from xchange_cli.components.spec import ActionSpec
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.spec_data import action_data, connection_data


def render(result: ActionPage, out: TextIO) -> None:
    part = result.part
    if isinstance(part, ActionSpec):
        kind = "trigger" if part.is_trigger else "action"
        data = action_data(part, is_local=result.is_local)
    else:
        kind = "connection"
        data = connection_data(part)
    head = {"schema": "xchange.action/1", "component": result.component.key, "kind": kind}
    write_json({**head, **data}, out)
