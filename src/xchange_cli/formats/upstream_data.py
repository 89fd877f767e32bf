"""Forks and their parents for programs: the contract `xchange.upstream/1`, whatever was done."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from xchange_cli.changes.change import ChangeSet
from xchange_cli.errors import XchangeError
from xchange_cli.formats.diff_json import change_data
from xchange_cli.formats.error_data import data_of
from xchange_cli.formats.finding_data import range_of
from xchange_cli.project.waiting import waiting_name
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.release.upstream.conflicts import OpenConflict
from xchange_cli.release.upstream.file_states import FileStates
from xchange_cli.release.upstream.parent import Upstream


def upstream_data(did: str, *forks: dict[str, Any], errors: Iterable[XchangeError] = ()) -> dict[str, Any]:
    told = [data_of(error) for error in errors]
    return {"schema": "xchange.upstream/1", "did": did, "forks": list(forks), "errors": told}


def fork_data(key: str, file: str, parent: ForkBase | None, **more: Any) -> dict[str, Any]:
    """Give one fork; what `more` does not tell is null, or an empty list."""
    return {
        "key": key,
        "file": file,
        "parent": None if parent is None else base_data(parent),
        "newest": None,
        "behind": None,
        "ahead": None,
        "changes": None,
        "conflicts": [],
        "behindFiles": None,
        "aheadFiles": None,
        "changedFiles": None,
        "fileConflicts": [],
        "unknownFiles": None,
        "files": [],
        **more,
    }


def base_data(base: ForkBase) -> dict[str, Any]:
    return {"key": base.key, "version": base.version, "commit": base.commit or None}


def newest_data(upstream: Upstream | None) -> dict[str, Any] | None:
    if upstream is None:
        return None
    state = upstream.state
    return {**base_data(upstream.base), "isAvailable": None if state is None else state.available}


def changes_data(change_set: ChangeSet | None) -> list[dict[str, Any]] | None:
    return None if change_set is None else [change_data(change) for change in change_set.changes]


def conflicts_data(conflicts: Iterable[OpenConflict]) -> list[dict[str, Any]]:
    return [_conflict(one) for one in conflicts]


def files_data(found: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Give files by their names with what became of them."""
    return [{"name": name, "what": what} for name, what in found]


def file_conflicts_data(file: str, names: Iterable[str]) -> list[dict[str, Any]]:
    """Give the files of which somebody has to choose a version; `file` is the integration's."""
    place = PurePosixPath(file).parent
    return [
        {"name": name, "file": (place / name).as_posix(), "theirs": (place / waiting_name(name)).as_posix()}
        for name in names
    ]


def unknown_files_data(found: FileStates) -> dict[str, Any] | None:
    return {"why": found.unknown, "names": [one.name for one in found.apart]} if found.apart else None


def _conflict(one: OpenConflict) -> dict[str, Any]:
    marks = one.hunk.marks
    return {
        "name": one.name or None,
        "flow": one.hunk.flow or None,
        "step": one.hunk.step or None,
        "what": list(one.what),
        "values": None if one.values is None else one.values._asdict(),
        "file": marks.span.source.name,
        **range_of(marks.span),
        "ours": range_of(marks.ours),
        "theirs": range_of(marks.theirs),
    }
