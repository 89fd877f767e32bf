"""The state of a version after a change, for programs: `xchange.marked/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.release.versions.changed_state import ChangedState


def render(changed: ChangedState, out: TextIO) -> None:
    state = changed.after
    write_json(
        {
            "schema": "xchange.marked/1",
            "key": changed.manifest.key,
            "number": changed.manifest.number,
            "isChanged": changed.before != changed.after,
            "available": state.available,
            "because": state.because or None,
            "labels": list(changed.labels),
            "template": state.template,
            "remarks": list(changed.said),
        },
        out,
    )
