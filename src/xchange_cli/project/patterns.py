"""Files that glob patterns match."""

import glob
import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

_DEEP = "**"


def is_pattern(text: str) -> bool:
    return glob.has_magic(text)


def expand(folder: Path, patterns: Iterable[str]) -> Iterator[Path]:
    """Yield what the patterns match below a folder: each path once, those of one pattern in order.

    A link that leads nowhere counts as matched, and so does a folder in which the system refuses to look for matches:
    whoever reads it can say so.
    """
    seen = set()
    below = _Below(folder)
    for pattern in patterns:
        for name in sorted({*below.matched(pattern), *below.closed(pattern)}):
            if name not in seen:
                seen.add(name)
                yield folder / name


def matches(path: Path, folder: Path, pattern: str) -> bool:
    """Tell whether a path, which need not exist, is one that a pattern can match below a folder."""
    name = path if os.path.isabs(pattern) else os.path.relpath(path, folder)  # noqa: PTH117
    return _fits(Path(name).parts, Path(os.path.normpath(pattern)).parts)


def fits(name: str, pattern: str) -> bool:
    """Tell the same of a name that is relative to the folder, with `/`, as git has it: quick enough for thousands."""
    return _fits(tuple(name.split("/")), _parts(pattern))


@cache
def _parts(pattern: str) -> tuple[str, ...]:
    return Path(os.path.normpath(pattern)).parts


def _fits(names: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted or not names:
        return not names and all(part == _DEEP for part in wanted)
    if wanted[0] == _DEEP:
        return _fits(names, wanted[1:]) or _fits(names[1:], wanted)
    return fnmatchcase(names[0], wanted[0]) and _fits(names[1:], wanted[1:])


class _Below:
    """Looks below a folder; the ways of several patterns, which are most often the same, are gone once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._top = str(folder)
        self._folders: dict[str, list[str]] = {}
        self._closed: dict[tuple[str, int], list[str]] = {}

    def matched(self, pattern: str) -> list[str]:
        around, _, name = pattern.rpartition("/")
        if not around or not name or _DEEP in pattern or is_pattern(name):
            return glob.glob(pattern, root_dir=self._folder, recursive=True)  # noqa: PTH207 - pathlib drops dangling links
        found = (one + name for one in self._in(f"{around}/"))
        return [one for one in found if os.path.lexists(os.path.join(self._top, one))]  # noqa: PTH118 - many times

    def closed(self, pattern: str) -> Iterator[str]:
        """Yield the folders on the way to matches that cannot be looked into: `glob` says nothing of them."""
        parts = pattern.split("/")
        for depth in range(1, len(parts)):
            is_listed = is_pattern(parts[depth]) or parts[depth - 1] == _DEEP
            needed = os.R_OK | os.X_OK if is_listed else os.X_OK
            around = "/".join(parts[:depth]) + "/"
            if (around, needed) not in self._closed:
                self._closed[around, needed] = [
                    name.rstrip("/") or "/"
                    for name in self._in(around)
                    if not os.access(os.path.join(self._top, name), needed)  # noqa: PTH118 - many times
                ]
            yield from self._closed[around, needed]

    def _in(self, around: str) -> list[str]:
        """Give the folders that a pattern with a slash at its end means."""
        if around not in self._folders:
            self._folders[around] = glob.glob(around, root_dir=self._folder, recursive=True)  # noqa: PTH207 - as above
        return self._folders[around]
