"""What was pulled into a fork, for programs: the contract `xchange.upstream/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.upstream_data import (
    changes_data,
    conflicts_data,
    file_conflicts_data,
    files_data,
    fork_data,
    newest_data,
    unknown_files_data,
    upstream_data,
)
from xchange_cli.release.upstream.pull import Pulled


def render(done: Pulled, out: TextIO) -> None:
    fork, upstream = done.fork, done.upstream
    is_new = upstream is not None and not done.is_preview
    data = fork_data(
        fork.key,
        fork.source.name,
        upstream.base if upstream is not None and is_new else fork.origin,
        newest=newest_data(upstream),
        changes=changes_data(done.changes),
        conflicts=conflicts_data(done.conflicts),
        changedFiles=files_data((one.name, one.did) for one in done.beside),
        fileConflicts=file_conflicts_data(fork.source.name, done.waiting),
        unknownFiles=unknown_files_data(done.apart),
        files=list(done.files),
    )
    write_json(upstream_data("preview" if done.is_preview else "pull", data), out)
