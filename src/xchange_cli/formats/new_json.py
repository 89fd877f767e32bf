"""What was made for a new integration, for programs: the contract `xchange.new/1`."""

from typing import Any, TextIO

from xchange_cli.authoring.given_details import Identity
from xchange_cli.authoring.new_integration import NewIntegration
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.next_commands import next_commands
from xchange_cli.formats.validation_counts import counts_data


def render(new: NewIntegration, out: TextIO) -> None:
    write_json(_data(new), out)


def _data(new: NewIntegration) -> dict[str, Any]:
    return {
        "schema": "xchange.new/1",
        "key": new.key,
        "name": new.name,
        "file": new.files[0],
        "files": list(new.files),
        "trigger": new.trigger or None,
        "template": new.template or None,
        "leftOut": [{"file": one.name, "reason": one.reason} for one in new.left_out],
        "stableKey": None if new.identity is Identity.ABSENT else new.identity.value,
        "validation": counts_data(new.result),
        "next": list(next_commands(new)),
    }
