"""What an edit changed, for programs: `xchange.edit/1`."""

from typing import Any, TextIO

from xchange_cli.authoring.details import Change, Edited, Picture
from xchange_cli.formats.json_text import write_json


def render(edited: Edited, out: TextIO) -> None:
    write_json(
        {
            "schema": "xchange.edit/1",
            "integration": edited.key,
            "file": edited.source.name,
            "isWritten": edited.is_written,
            "changes": [_change(one) for one in edited.changes],
            "unchanged": list(edited.same),
            "files": [file.name for file in edited.files],
        },
        out,
    )


def _change(change: Change) -> dict[str, Any]:
    return {"what": change.what, "before": _value(change.before), "after": _value(change.after)}


def _value(value: str | tuple[str, ...] | Picture | None) -> Any:
    match value:
        case Picture():
            return {"width": value.width, "height": value.height, "bytes": value.size}
        case tuple():
            return list(value)
    return value
