"""The folder in which a project keeps what is only of this machine: runs, state."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.local_folder import FOLDER_NAME, make_private
from xchange_cli.project.project import Project


def local_folder(project: Project) -> Path:
    """Name the folder; it may not be there yet."""
    return project.root / FOLDER_NAME


def make_local(project: Project) -> Path:
    """Make the folder where it is missing: for its owner only, and not for git.

    Raises:
        XchangeError: UNREADABLE with the reason that the system gives.

    """
    folder = local_folder(project)
    try:
        make_private(folder)
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"{FOLDER_NAME}/ cannot be made in {project.root.as_posix()}: {error.strerror}",
            hint="Runs and their state are kept there.",
        ) from error
    return folder
