"""The folder `.xchange` of a project, for what is only of this machine: runs, state, reports of crashes."""

import os
from pathlib import Path

FOLDER_NAME = ".xchange"
PRIVATE = 0o700
_KEPT_FROM_GIT = "*\n"


def make_private(folder: Path) -> None:
    """Make the folder where it is missing: for its owner only, and not for git.

    Raises:
        OSError: the system refuses.

    """
    ignored = folder / ".gitignore"
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    if not os.path.lexists(ignored):
        ignored.write_text(_KEPT_FROM_GIT, encoding="utf-8", newline="\n")
