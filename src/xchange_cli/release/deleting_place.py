"""The folder or file that goes when an integration is deleted."""

import os
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.inside import integrations_in
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import resolve


class Place(NamedTuple):
    """`path` is the folder of an integration, or the file of one that has no folder of its own.

    `file` is the integration's file, `name` what messages call `path`, `files` how many files go.
    """

    key: str
    path: Path
    file: Path
    name: str
    files: int


def place_of(project: Project, argument: str, folder: Path) -> Place:
    """Find what goes; it need not be in order. Names are relative to `folder`.

    Raises:
        XchangeError: NOT_FOUND where there is nothing; USAGE when several are meant, or when it is the folder of the
            project or the one that the command works in; CONFLICT when other integrations are in it.

    """
    targets = resolve(project, [argument], folder)
    if len(targets) > 1:
        names = ", ".join(target.name for target in targets[:5]) + (" …" if len(targets) > 5 else "")
        message = f"one integration is meant, and there are {len(targets)}: {names}"
        raise XchangeError(ErrorCode.USAGE, message, hint="Name one, by its path.")
    target = targets[0]
    if target.path is None:
        message = "standard input is no integration of the project"
        raise XchangeError(ErrorCode.USAGE, message, hint="Name a key.")
    is_alone = target.path.name not in FILE_NAMES
    path = Path(os.path.normpath(target.path if is_alone else target.path.parent))
    name = shown(path, folder)
    if not is_alone:
        _require_own(project, path, target.path, folder)
    return Place(target.key, path, target.path, name, 1 if is_alone else _count(path))


def _require_own(project: Project, path: Path, file: Path, folder: Path) -> None:
    name, real = shown(path, folder), path.resolve()
    if project.root.resolve().is_relative_to(real):
        message = f"{name} is the folder of the whole project, so it is not deleted"
        raise XchangeError(ErrorCode.USAGE, message, hint=f"Delete {shown(file, folder)} yourself.")
    if folder.resolve().is_relative_to(real):
        message = f"this command works in {name}, which would be deleted"
        raise XchangeError(ErrorCode.USAGE, message, hint="Leave the folder first, with cd.")
    others = [shown(one, folder) for one in integrations_in(path) if one != file]
    if others:
        message = f"{name} holds other integrations, too: {', '.join(others[:5])}"
        raise XchangeError(ErrorCode.CONFLICT, message, hint="Delete or move those first.")


def _count(path: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(path))
