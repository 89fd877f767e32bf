"""Whether what was changed in a registry has to be committed before others get it."""

import os
from pathlib import Path

from xchange_cli.errors import XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.release.git.committing import tree_of, uncommitted
from xchange_cli.storage.folder import FolderStore
from xchange_cli.storage.open import open_store


def folder_to_commit(project: Project, url: str, key: str, folder: Path) -> str:
    """Give the registry's folder, relative to `folder`, where git has uncommitted changes of a key in it; else nothing.

    `url` is as for `registry_of`. Nothing also where git cannot tell: the change is made whatever git says.
    """
    if (url or project.registry).lower().startswith("s3:"):
        return ""
    store = open_store(url or project.registry, folder if url else project.root)
    assert isinstance(store, FolderStore)
    try:
        tree = tree_of(store.folder)
        if tree is None or not uncommitted(tree, [key]):
            return ""
    except XchangeError:
        return ""
    return shown(store.folder, Path(os.path.realpath(folder)))
