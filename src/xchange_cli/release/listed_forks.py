"""Integrations in a list, with what they are forks of. Most lists have none: then nothing more is loaded."""

import os
from collections.abc import Iterable

from xchange_cli.overview.entry import Entry
from xchange_cli.project.keys import FILE_NAMES

_FORK_FILE = "fork.json"


def with_parents(entries: Iterable[Entry]) -> list[Entry]:
    """Say of each fork what it was made of; what cannot be read counts as none."""
    return [_with_parent(one) if _may_be_fork(one) else one for one in entries]


def _may_be_fork(one: Entry) -> bool:
    folder, name = os.path.split(one.path)
    return name in FILE_NAMES and os.path.lexists(os.path.join(folder, _FORK_FILE))  # noqa: PTH118 - thousands of them


def _with_parent(one: Entry) -> Entry:
    from xchange_cli.registry.version_ref import VersionRef
    from xchange_cli.release.fork_file import fork_base_or_none

    base = fork_base_or_none(one.path.parent)
    return one if base is None else one._replace(parent=str(VersionRef(base.key, base.version)))
