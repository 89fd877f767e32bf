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
    closed: dict[tuple[str, int], list[str]] = {}
    for pattern in patterns:
        names = glob.glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - pathlib drops dangling links
        for name in sorted({*names, *_closed(folder, pattern, closed)}):
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


def _closed(folder: Path, pattern: str, known: dict[tuple[str, int], list[str]]) -> Iterator[str]:
    """Yield the folders on the way to matches that cannot be looked into: `glob` says nothing of them.

    `known` keeps what was found for the next pattern, whose way is most often the same.
    """
    parts = pattern.split("/")
    for depth in range(1, len(parts)):
        is_listed = is_pattern(parts[depth]) or parts[depth - 1] == _DEEP
        needed = os.R_OK | os.X_OK if is_listed else os.X_OK
        around = "/".join(parts[:depth]) + "/"
        if (around, needed) not in known:
            found = glob.iglob(around, root_dir=folder, recursive=True)  # noqa: PTH207
            top = str(folder)
            known[around, needed] = [
                name.rstrip("/") or "/"
                for name in found
                if not os.access(os.path.join(top, name), needed)  # noqa: PTH118 - many times
            ]
        yield from known[around, needed]
