"""The folder or file that goes when an integration is deleted."""

import os
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.origin import require_integration
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.inside import integrations_in
from xchange_cli.project.integration_file import opened
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target, resolve
from xchange_cli.source import Source


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
    """Find what goes; an integration of the project need not be in order. Names are relative to `folder`.

    Raises:
        XchangeError: NOT_FOUND where there is nothing; USAGE when several are meant, when it is no integration, or when
            it is the folder of the project or the one that the command works in; CONFLICT when other integrations are
            in it.

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
    if is_alone:
        _require_integration(project, path, target, name)
    else:
        _require_own(project, path, target.path, folder)
    return Place(target.key, path, target.path, name, 1 if is_alone else _count(path))


def require_only(project: Project, place: Place, folder: Path) -> None:
    """Refuse what shares its key with another integration of the project: whose versions are they?

    Raises:
        XchangeError: CONFLICT.

    """
    for other in project.integration_files():
        if key_of(other) == place.key and not other.is_relative_to(place.path):
            message = f"{shown(other, folder)} has the key {place.key}, too, so no versions are deleted"
            raise XchangeError(ErrorCode.CONFLICT, message, hint="Nothing was deleted. Leave out --purge.")


def _require_integration(project: Project, path: Path, target: Target, name: str) -> None:
    """Refuse a file that neither the project takes for an integration nor is one: somebody needs it."""
    if path in project.integration_files():
        return
    try:
        require_integration(opened(target, Source.read(path, name)))
    except XchangeError as error:
        message = f"{name} is no integration, so it is not deleted"
        hint = "Name the key of an integration, its folder or its file."
        raise XchangeError(ErrorCode.USAGE, message, hint=hint) from error


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
