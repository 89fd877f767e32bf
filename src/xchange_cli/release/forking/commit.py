"""The commit that holds a file as it is."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import XchangeError
from xchange_cli.release.git.command import look, top_of


class FileCommit(NamedTuple):
    """`commit` is empty where none has the file as it is; `is_changed` tells that one could have it: it is in git."""

    commit: str = ""
    is_changed: bool = False


def commit_with(path: Path) -> FileCommit:
    """Find the commit that the working tree is of, if the file is in it as it is."""
    folder = path.parent
    if top_of(folder) is None:
        return FileCommit()
    try:
        head = look(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        state = look(
            folder, "status", "--porcelain", "--ignored", "--untracked-files=all", "-z", "--", path.name
        )
    except XchangeError:  # git is gone meanwhile
        return FileCommit()
    is_same = head.ok and state.ok and not state.output
    return FileCommit(head.text, is_changed=False) if is_same else FileCommit(is_changed=True)
