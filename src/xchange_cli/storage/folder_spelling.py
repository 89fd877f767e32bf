"""Names on file systems that take `A` and `a` for the same: a name means only what is spelled like it."""

import os
import unicodedata
from pathlib import Path


def spelled_otherwise(root: Path, place: Path) -> bool:
    """Tell whether what the system finds at a place below `root` has another spelling there."""
    if not _folds_case(root):
        return False
    folder = root
    for part in place.relative_to(root).parts:
        if not os.path.lexists(folder / part):
            return False
        if _normal(part) not in map(_normal, os.listdir(folder)):  # noqa: PTH208
            return True
        folder /= part
    return False


def _folds_case(root: Path) -> bool:
    """Ask by the name of the folder itself, so that nothing need be written for it."""
    other = root.with_name(root.name.swapcase()) if root.name else root
    try:
        return other != root and other.samefile(root)
    except OSError:
        return False


def _normal(name: str) -> str:
    """Older systems of Apple give accents back as letters of their own."""
    return unicodedata.normalize("NFC", name)
