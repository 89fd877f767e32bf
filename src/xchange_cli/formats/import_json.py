"""What became of an export that was taken in, for programs: the contract `xchange.import/1`."""

from typing import Any, TextIO

from xchange_cli.authoring.imported import Imported
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.validation_counts import counts_data


def render(taken: Imported, out: TextIO) -> None:
    write_json(_data(taken), out)


def _data(taken: Imported) -> dict[str, Any]:
    return {
        "schema": "xchange.import/1",
        "key": taken.key,
        "name": taken.name,
        "file": taken.file,
        "state": taken.state,
        "bytes": taken.size,
        "encoding": taken.encoding,
        "byteOrderMark": taken.has_bom,
        "definitionVersion": taken.version,
        "unknown": [{"kind": one.kind, "name": one.name, "uses": one.uses} for one in taken.unknown],
        "validation": counts_data(taken.result),
    }
