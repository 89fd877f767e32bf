"""The key of an integration and the name of a file, both taken from its path."""

import os
from pathlib import Path, PurePath, PurePosixPath

FILE_NAMES = ("integration.yml", "integration.yaml")


def key_of(path: PurePath) -> str:
    """Give the folder's name for `…/<key>/integration.yml`, else the file's name without its ending."""
    if path.name in FILE_NAMES and path.parent.name not in {"", ".", ".."}:
        return path.parent.name
    return path.stem


def key_in(path: str) -> str:
    """Give the same of a path with `/`, as git has it: quick enough for thousands."""
    folder, _, name = path.rpartition("/")
    around = folder.rpartition("/")[2]
    if name in FILE_NAMES and around not in {"", ".", ".."}:
        return around
    return PurePosixPath(name).stem


def shown(path: Path, folder: Path) -> str:
    """Name a path as messages show it: relative to `folder` where that is possible, with `/`."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()
