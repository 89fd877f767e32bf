"""Where the records of a project are."""

import re
from pathlib import Path

from xchange_cli.project.local import local_folder
from xchange_cli.project.looking import names_in
from xchange_cli.project.project import Project

FOLDER_NAME = "runs"
_RUN_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def runs_folder(project: Project) -> Path:
    """Name the folder of all records; it may not be there yet."""
    return local_folder(project) / FOLDER_NAME


def is_run_id(name: str) -> bool:
    return _RUN_ID.fullmatch(name) is not None


def run_ids(runs: Path) -> list[str]:
    """Give the ids of all runs that have a folder, the oldest first."""
    return [name for name in names_in(runs) if is_run_id(name)]
