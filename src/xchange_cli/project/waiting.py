"""Files of a parent that wait beside a fork until somebody chooses between them and the fork's own."""

import os
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_link
from xchange_cli.project.published_files import is_published

WAITING = "fork.upstream"
"""The folder that holds them, each by its path in the integration's folder."""


def waiting_in(place: Path) -> tuple[str, ...]:
    """Give the paths of the files that wait, in the folder of an integration."""
    folder = place / WAITING
    if is_link(folder):
        return ()
    names = (
        Path(parent, one).relative_to(folder).as_posix()
        for parent, _, files in os.walk(folder)
        for one in files
    )
    return tuple(sorted(name for name in names if is_published(name) and not is_link(folder / name)))


def waiting_name(name: str) -> str:
    """Give the path of what waits for a file."""
    return f"{WAITING}/{name}"


def require_none_waiting(place: Path, folder: Path, key: str) -> None:
    """Refuse to go on while files of an earlier pull wait.

    Raises:
        XchangeError: CONFLICT.

    """
    names = waiting_in(place)
    if names:
        files = ", ".join(shown(place / name, folder) for name in names)
        message = f"an earlier pull is not finished: somebody has to choose a version of {files}"
        raise XchangeError(ErrorCode.CONFLICT, message, hint=f"{way_out(names[0], key)}.")


def way_out(name: str, key: str) -> str:
    """Say how a file that waits is settled."""
    import shlex

    return f"`xchange upstream resolve {shlex.quote(name)} ours|theirs {shlex.quote(key)}` settles it"
