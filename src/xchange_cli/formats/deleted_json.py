"""What was deleted, for programs: the contract `xchange.deleted/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.release.deleting.deleting import Deleted
from xchange_cli.release.deleting.dependants import Dependant


def render(done: Deleted, out: TextIO) -> None:
    deletion = done.deletion
    place = deletion.place
    data = {
        "schema": "xchange.deleted/1",
        "key": deletion.key,
        "path": place.name if place else None,
        "files": place.files if place else 0,
        "keptAs": done.kept or None,
        "isInGit": done.in_git,
        "newestVersion": deletion.newest,
        "isPurged": deletion.takes_versions,
        "dependants": [_dependant(one) for one in deletion.dependants],
    }
    write_json(data, out)


def _dependant(one: Dependant) -> dict[str, Any]:
    return {"kind": one.kind.value, "name": one.name, "line": one.line or None}
