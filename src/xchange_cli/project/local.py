"""The folder in which a project keeps what is only of this machine: runs, state."""

import os
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project

FOLDER_NAME = ".xchange"
PRIVATE = 0o700
_KEPT_FROM_GIT = "*\n"


def local_folder(project: Project) -> Path:
    """Name the folder; it may not be there yet."""
    return project.root / FOLDER_NAME


def make_local(project: Project) -> Path:
    """Make the folder where it is missing: for its owner only, and not for git.

    Raises:
        XchangeError: UNREADABLE with the reason that the system gives.

    """
    folder = local_folder(project)
    ignored = folder / ".gitignore"
    try:
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        if not os.path.lexists(ignored):
            ignored.write_text(_KEPT_FROM_GIT, encoding="utf-8", newline="\n")
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"{FOLDER_NAME}/ cannot be made in {project.root.as_posix()}: {error.strerror}",
            hint="Runs and their state are kept there.",
        ) from error
    return folder
