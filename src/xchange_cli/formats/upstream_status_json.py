"""How far forks and their parents have come apart, for programs: the contract `xchange.upstream/1`."""

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
from xchange_cli.release.upstream.status import Statuses


def render(found: Statuses, out: TextIO) -> None:
    forks = [
        fork_data(
            one.key,
            one.file,
            one.origin,
            newest=newest_data(one.upstream),
            behind=changes_data(one.behind),
            ahead=changes_data(one.ahead),
            conflicts=conflicts_data(one.conflicts),
            behindFiles=None if one.files.unknown else files_data(one.files.behind),
            aheadFiles=None if one.files.unknown else files_data(one.files.ahead),
            fileConflicts=file_conflicts_data(one.file, one.waiting),
            unknownFiles=unknown_files_data(one.files),
        )
        for one in found.forks
    ]
    write_json(upstream_data("status", *forks, errors=found.troubles), out)
