"""What formatting changes, for programs: `xchange.fmt/1`."""

from typing import Any, TextIO

from xchange_cli.canonical.formatted import Formatted
from xchange_cli.canonical.many import Formatting, Refusal
from xchange_cli.formats.error_data import data_of
from xchange_cli.formats.json_text import write_json


def render(formatting: Formatting, out: TextIO) -> None:
    document = {
        "schema": "xchange.fmt/1",
        "isTrial": formatting.is_trial,
        "files": [_file(file) for file in formatting.files],
        "refused": [_refused(refusal) for refusal in formatting.refused],
    }
    write_json(document, out)


def _file(file: Formatted) -> dict[str, Any]:
    return {
        "file": file.source.name,
        "isChanged": file.is_changed,
        "leftOut": [
            {"flow": one.flow, "step": one.step, "input": one.input, "value": one.value}
            for one in file.dropped
        ],
    }


def _refused(refusal: Refusal) -> dict[str, Any]:
    told = data_of(refusal.error)
    kept = ("code", "message", "hint", "start")
    return {"file": refusal.name, **{key: told[key] for key in kept if key in told}}
