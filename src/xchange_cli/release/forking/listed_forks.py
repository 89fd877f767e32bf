"""What integrations are forks of. Most are of none: then nothing more is loaded."""

import os
from collections.abc import Iterable
from pathlib import Path

from xchange_cli.overview.entry import Entry
from xchange_cli.project.keys import FILE_NAMES

_FORK_FILE = "fork.json"


def with_parents(entries: Iterable[Entry]) -> list[Entry]:
    """Say of each fork what it was made of; what cannot be read counts as none."""
    return [one._replace(parent=parent) if (parent := parent_named(one.path)) else one for one in entries]


def parent_named(path: Path) -> str:
    """Give what the integration in this file is a fork of, such as `order-intake@3`; nothing for all others."""
    folder, name = os.path.split(path)
    if name not in FILE_NAMES or not os.path.lexists(os.path.join(folder, _FORK_FILE)):  # noqa: PTH118 - thousands of them
        return ""
    from xchange_cli.registry.version_ref import VersionRef
    from xchange_cli.release.forking.fork_file import fork_base_or_none

    base = fork_base_or_none(path.parent)
    return "" if base is None else str(VersionRef(base.key, base.version))
