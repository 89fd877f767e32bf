"""Integration files in a folder and below it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import FILE_NAMES

_PACKAGE = re.compile(r"(?:^|[/\\])integrations[/\\][^/\\]+[/\\]packages[/\\][0-9a-f]{64}(?:[/\\]|$)")
_SKIPPED = frozenset({"node_modules", "__pycache__"})


def integrations_in(path: Path, *, only_here: bool = False) -> Iterator[Path]:
    """Yield the integration files of a folder and below it, sorted; hidden folders do not count.

    Raises:
        XchangeError: UNREADABLE when a folder cannot be listed.

    """
    return _walk(path, _refuse, only_here=only_here)


def matched_in(path: Path) -> Iterator[Path]:
    """Yield the integration files of a folder that a pattern matched.

    For a folder that cannot be listed, it is the file that should be in it, so that whoever reads that can say so.
    """
    closed: list[OSError] = []
    yield from _walk(path, closed.append)
    yield from (Path(error.filename, FILE_NAMES[0]) for error in closed)


def is_of_registry(path: str | Path) -> bool:
    """Tell whether a file or folder is in the package of a published version, in whichever registry."""
    return _PACKAGE.search(str(path)) is not None


def _walk(path: Path, onerror: Callable[[OSError], None], *, only_here: bool = False) -> Iterator[Path]:
    for parent, folders, files in os.walk(path, onerror=onerror):
        if is_of_registry(parent):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        yield from (Path(parent, name) for name in sorted(files) if name in FILE_NAMES)
        if only_here:
            return


def _refuse(error: OSError) -> None:
    reason = error.strerror or str(error)
    raise XchangeError(ErrorCode.UNREADABLE, f"{error.filename} cannot be read: {reason}") from error
