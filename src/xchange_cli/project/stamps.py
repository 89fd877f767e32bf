"""By what one sees that files have changed, without reading them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from xchange_cli.project.beside import FILES, FOLDERS
from xchange_cli.project.project import FILE_NAME, Project
from xchange_cli.project.targets import Target
from xchange_cli.project.waiting import waiting_in, waiting_name

Stamp = tuple[tuple[str, int, int, int], ...]
"""Path, time of the last change in nanoseconds, size and number of each file; those that are not there are absent."""


def stamp_of_target(target: Target) -> Stamp:
    """Give the stamp of an integration's file and of the files in the folders beside it."""
    if target.path is None:
        return ()
    place = target.path.parent
    beside = (file for name in FOLDERS for file in _files(place / name))
    waiting = (place / waiting_name(name) for name in waiting_in(place))
    return _stamp((target.path, *(place / name for name in FILES), *beside, *waiting))


def stamp_of_project(project: Project, others: Iterable[Path] = ()) -> Stamp:
    """Give the stamp of the files that concern all integrations, and of others."""
    own = (*project.component_files(), *project.rule_files())
    return _stamp((project.root / FILE_NAME, *own, *others))


def _stamp(files: Iterable[Path]) -> Stamp:
    return tuple(_stamps(files))


def _stamps(files: Iterable[Path]) -> Iterator[tuple[str, int, int, int]]:
    for file in files:
        try:
            status = os.stat(file)  # noqa: PTH116 - many times a second
        except (OSError, ValueError):
            continue
        yield str(file), status.st_mtime_ns, status.st_size, status.st_ino


def _files(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except OSError:
        return
    yield from (folder / name for name in names)
