"""Which project a command is about."""

from collections.abc import Iterable
from pathlib import Path

from xchange_cli.project.looking import exists, is_folder
from xchange_cli.project.project import Project


def project_of(arguments: Iterable[str], folder: Path) -> Project:
    """Find the project around a folder; without a project file there, around the first argument that is a path.

    Raises:
        XchangeError: UNREADABLE when the project file cannot be read.

    """
    project = Project.find(folder)
    if project.document is not None:
        return project
    for argument in arguments:
        path = folder / argument
        if exists(path):
            return Project.find(path if is_folder(path) else path.parent, folder)
    return project
