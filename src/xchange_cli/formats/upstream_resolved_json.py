"""Which conflicts are left in a file, for programs: the contract `xchange.upstream/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.upstream_data import (
    conflicts_data,
    file_conflicts_data,
    fork_data,
    upstream_data,
)
from xchange_cli.release.upstream.resolve import Resolved


def render(done: Resolved, out: TextIO) -> None:
    target = done.target
    data = fork_data(
        target.key,
        target.name,
        done.origin,
        conflicts=conflicts_data(done.left),
        fileConflicts=file_conflicts_data(target.name, done.left_files),
        files=list(done.written),
    )
    write_json(upstream_data("resolve", data), out)
