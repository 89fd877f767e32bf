"""What tells this program from another that might answer otherwise: versions of itself, Python and all packages."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from xchange_cli import __version__

_PACKAGE = Path(__file__).parents[1]


@cache
def stamp() -> str:
    """Give a digest that differs as soon as this program or any installed package does.

    The names of the packages' information folders hold their versions. A checkout in which this program is being
    changed has no version of its own for each change: there the times of its files count, too.
    """
    parts = [__version__, sys.version, *_installed()]
    if (_PACKAGE.parents[1] / "pyproject.toml").exists():
        parts += _times(_PACKAGE)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def packages_in_development() -> bool:
    """Tell whether there are packages whose files change without a new version: installed as links to their sources."""
    links = (name for name in _names() if name.endswith(".pth") and "xchange" not in name)
    return any(map(_is_link, links))


def _is_link(name: str) -> bool:
    """Such a file holds a path, or names the finder that installers make for a link; others only run code."""
    text = (_packages() / name).read_text(encoding="utf-8", errors="replace").strip()
    return not text.startswith("import") or "__editable__" in text


def _installed() -> list[str]:
    return sorted(name for name in _names() if name.endswith(".dist-info"))


@cache
def _names() -> tuple[str, ...]:
    return tuple(os.listdir(_packages()))  # noqa: PTH208 - five times faster


def _packages() -> Path:
    """Give the folder of installed packages."""
    import yaml

    return Path(yaml.__file__).parents[1]


def _times(folder: Path) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _times(Path(entry.path)) if entry.name != "__pycache__" else []
            else:
                found.append(f"{entry.path} {entry.stat().st_mtime_ns}")
    return sorted(found)
