"""Looking at paths without an exception: pathlib's own questions raise where the system refuses an answer."""

import os
from pathlib import Path


def exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112


def is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114


def names_in(path: Path) -> list[str]:
    """Give the names in a folder; none where it cannot be listed."""
    try:
        return sorted(os.listdir(path))  # noqa: PTH208
    except OSError:
        return []
