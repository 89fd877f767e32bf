"""Which runs were removed, for programs: `xchange.pruned/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.runs_json import run_data
from xchange_cli.record.prune import Pruned


def render(pruned: Pruned, out: TextIO) -> None:
    document = {
        "schema": "xchange.pruned/1",
        "removed": [run_data(one) for one in pruned.removed.entries],
        "bytes": pruned.size,
        "left": pruned.left,
        "isDryRun": pruned.is_dry_run,
    }
    write_json(document, out)
