"""Runs of this machine."""

from pathlib import Path

_MOST = 50
"""So many of the newest runs are offered: whoever means an older one has its id from `xchange runs`."""


def runs() -> list[tuple[str, str]]:
    """Offer `last` and the newest runs, each with its flow and its start."""
    from xchange_cli.cli.here import here
    from xchange_cli.project.project import Project
    from xchange_cli.record.folder import run_ids, runs_folder

    folder = runs_folder(Project.find(here()))
    newest = run_ids(folder)[: -_MOST - 1 : -1]
    return (
        [("last", "the newest run"), *((run_id, _about(folder / run_id)) for run_id in newest)]
        if newest
        else []
    )


def _about(record: Path) -> str:
    """Say what a run is about; nothing where its record is damaged."""
    import json

    from xchange_cli.record.names import BROKEN, START

    try:
        start = json.loads((record / START).read_bytes())
        return f"{start['flow']}, {start['startedAt'][:16]}"
    except (*BROKEN, OSError):
        return ""
