"""What tells this program from another that might answer otherwise: versions of itself, Python and all packages."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from xchange_cli import __version__

_PACKAGE = Path(__file__).parents[1]


def stamp() -> str:
    """Give a digest that differs as soon as this program or any installed package does.

    The names of the packages' information folders hold their versions. A checkout in which this program is being
    changed has no version of its own for each change: there the times of its files count, too.
    """
    return _stamp(tuple(sys.path))


@cache
def _stamp(places: tuple[str, ...]) -> str:
    installed = {name for place in places for name in _informations(place)}
    parts = [__version__, sys.version, *sorted(installed)]
    if (_PACKAGE.parents[1] / "pyproject.toml").exists():
        parts += _times(_PACKAGE)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def packages_name(group: bytes) -> bool:
    """Tell whether an installed package may have entry points of a group; none is read that has no such word.

    What such packages hold can change without a new version: they may be links to their sources, or be installed anew.
    """
    return any(_is_archive(place) for place in sys.path) or any(
        group in _entry_points(place, name) for place in sys.path for name in _informations(place)
    )


def _is_archive(place: str) -> bool:
    return os.path.isfile(place)  # noqa: PTH113 - pathlib takes longer than the question


def _informations(place: str) -> list[str]:
    try:
        names = os.listdir(place)  # noqa: PTH208 - five times faster
    except OSError:
        return []
    return [name for name in names if name.endswith((".dist-info", ".egg-info"))]


def _entry_points(place: str, name: str) -> bytes:
    try:
        with open(f"{place}/{name}/entry_points.txt", "rb") as file:  # noqa: PTH123 - a hundred times
            return file.read()
    except OSError:
        return b""


def _times(folder: Path) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _times(Path(entry.path)) if entry.name != "__pycache__" else []
            else:
                found.append(f"{entry.path} {entry.stat().st_mtime_ns}")
    return sorted(found)
