"""The registry that a command works with."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import exists
from xchange_cli.project.project import Project
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.folder import FolderStore
from xchange_cli.storage.open import open_store


def registry_of(
    project: Project,
    url: str = "",
    *,
    folder: Path | None = None,
    endpoint_url: str = "",
    profile: str = "",
    region: str = "",
    may_be_new: bool = False,
) -> Registry:
    """Open the registry that `url` names, by default the project's; nothing is read yet.

    A `url` that is a relative path begins at `folder`, by default at the project's; that of the project file always at
    the project's. `endpoint_url`, `profile` and `region` are of S3 only. What the user names has to be there, unless it
    `may_be_new`; that of a project need not.

    Raises:
        XchangeError: USAGE when the URL is none of a registry; NOT_FOUND when there is no such folder.

    """
    root = (folder or project.root) if url else project.root
    store = open_store(
        url or project.registry, root, endpoint_url=endpoint_url, profile=profile, region=region
    )
    if url and not may_be_new and isinstance(store, FolderStore) and not exists(store.folder):
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"there is no registry at {url}",
            hint="Check the path; only `xchange publish` makes a registry.",
        )
    return Registry(store)
