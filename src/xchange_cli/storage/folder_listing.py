"""The names of the files below a folder, in the order of their whole names."""

import os
from collections.abc import Iterator
from pathlib import Path

from xchange_cli.storage.names import is_name


class LinkError(OSError):
    """There is a link, which may lead elsewhere."""


def names_in(root: Path, prefix: str, after: str) -> Iterator[str]:
    """Yield names that begin with a prefix and come behind `after`; what the store takes for no name is left out.

    Folders are opened one by one, only where such a name can be in them. Files that vanish meanwhile may be missing.

    Raises:
        LinkError: its message is the name.
        OSError: the system refuses.

    """
    start, slash, _ = prefix.rpartition("/")
    yield from _below(root, start + slash, prefix, after)


def _below(root: Path, folder: str, prefix: str, after: str) -> Iterator[str]:
    for name, is_link in _entries(root, folder):
        if not _may_hold(name, prefix, after):
            continue
        if is_link:
            raise LinkError(name.rstrip("/"))
        if name.endswith("/"):
            yield from _below(root, name, prefix, after)
        else:
            yield name


def _entries(root: Path, folder: str) -> list[tuple[str, bool]]:
    """Give names, those of folders with `/` at their end, so that they sort as what is in them; and what is a link."""
    try:
        with os.scandir(root / folder) as entries:
            return sorted(
                (_name(folder, entry), entry.is_symlink()) for entry in entries if is_name(entry.name)
            )
    except (FileNotFoundError, NotADirectoryError):
        return []


def _name(folder: str, entry: "os.DirEntry[str]") -> str:
    return f"{folder}{entry.name}{'/' * entry.is_dir()}"


def _may_hold(name: str, prefix: str, after: str) -> bool:
    """Tell whether a name, or some name in a folder, is to be yielded."""
    if name.endswith("/"):
        is_asked = name.startswith(prefix) or prefix.startswith(name)
        return is_asked and (name > after or after.startswith(name))
    return name.startswith(prefix) and name > after
