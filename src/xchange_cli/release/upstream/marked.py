"""Integrations in which a merge has left conflicts, in their file or beside it, whether a pull of a fork or git's own."""

from pathlib import Path

from xchange_cli.document.merge_conflicts import left_mark
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.integration_file import target_of
from xchange_cli.project.keys import key_of, shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.project.waiting import waiting_in
from xchange_cli.release.upstream.fork import is_inside, one_of
from xchange_cli.source import Source

_MARK = b"<<<<<<<"


def marked_target(project: Project, argument: str | None, folder: Path) -> Target:
    """Find the integration that is named or that `folder` is in; elsewhere, the only one that has conflicts.

    Raises:
        XchangeError: NOT_FOUND where none has; USAGE where several have; else as `target_of` does.

    """
    if argument is not None or is_inside(project, folder):
        return target_of(project, argument, folder)
    found = marked_targets(project, folder)
    if not found:
        raise XchangeError(ErrorCode.NOT_FOUND, "no integration of this project has conflicts")
    return one_of(found, "conflicts are in several integrations")


def marked_targets(project: Project, folder: Path) -> list[Target]:
    """Give the integrations of a project that have conflicts; those that cannot be read are passed over."""
    return [
        Target(shown(file, folder), key_of(file), file)
        for file in project.integration_files()
        if _has_mark(file) or waiting_in(file.parent)
    ]


def _has_mark(file: Path) -> bool:
    try:
        data = read_bytes(file, file.name, "file")
        return _MARK in data and left_mark(Source.decode(file.name, data)) is not None
    except XchangeError:
        return False
