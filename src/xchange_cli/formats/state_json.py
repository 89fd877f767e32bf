"""What is kept between runs, for programs: `xchange.state/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.values import jsonable
from xchange_cli.state.entries import Entry, StateView


def render(view: StateView, out: TextIO) -> None:
    entries = [_entry(entry) for entry in view.entries]
    write_json({"schema": "xchange.state/1", "done": view.done, "entries": entries}, out)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **entry.place._asdict(),
        "scope": entry.scope,
        "key": entry.key,
        "value": jsonable(entry.value),
        "saved": entry.saved,
    }
