"""The activity log, for programs: `xchange.log/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.registry.activity import Activity
from xchange_cli.release.versions.history import History


def render(history: History, out: TextIO) -> None:
    entries = [_entry(one) for one in history.entries]
    write_json({"schema": "xchange.log/1", "entries": entries, "isCut": history.is_cut}, out)


def _entry(one: Activity) -> dict[str, Any]:
    return {
        "id": one.id,
        "time": one.time,
        "user": one.user,
        "category": one.category,
        "subject": one.subject,
        "preview": one.preview,
        "details": one.details,
    }
