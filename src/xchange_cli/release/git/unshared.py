"""What of a registry in git has to be committed before others get it: what was written, and nothing else."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.registry import layout
from xchange_cli.registry.registry import Registry
from xchange_cli.release.git.committing import ATTRIBUTES, RegistryTree, all_uncommitted, tree_of, uncommitted
from xchange_cli.release.git.write_once import damage
from xchange_cli.storage.folder import FolderStore
from xchange_cli.storage.open import open_store


class Unshared(NamedTuple):
    """`paths` are files and folders as `git add` takes them; `damaged` are files that must not be committed."""

    paths: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


def unshared(project: Project, url: str, key: str, folder: Path) -> Unshared:
    """Find what is to be committed of a key, relative to `folder`; nothing where the registry is not in git.

    `url` is as for `registry_of`. Nothing also where git cannot tell: the change is made whatever git says.
    """
    if (url or project.registry).lower().startswith("s3:"):
        return Unshared()
    store = open_store(url or project.registry, folder if url else project.root)
    assert isinstance(store, FolderStore)
    try:
        tree = tree_of(store.folder)
        return Unshared() if tree is None else unshared_in(tree, Registry(store), [key], folder)
    except XchangeError:
        return Unshared()


def unshared_in(tree: RegistryTree, registry: Registry, keys: Sequence[str], folder: Path) -> Unshared:
    """Find what is to be committed of some keys: the registry's folder where that is all, else no more than needed.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    found = damage(tree, registry, "HEAD")
    damaged = [name for key in keys for name in found.get(key, ())]
    paths = set(uncommitted(tree, keys)).difference(damaged)
    real = Path(os.path.realpath(folder))
    return Unshared(
        tuple(shown(tree.top / name, real) for name in _shortest(tree, keys, paths, is_sound=not damaged)),
        tuple(shown(tree.top / name, real) for name in damaged),
    )


def _shortest(
    tree: RegistryTree, keys: Sequence[str], paths: Collection[str], *, is_sound: bool
) -> Iterator[str]:
    """Yield folders in place of files where all that git would take of them is among the paths."""
    if not paths:
        return
    if set(all_uncommitted(tree)) == paths:
        yield tree.inner
    elif is_sound:
        names = [ATTRIBUTES, *(name for key in keys for name in layout.places(key))]
        starts = (tree.path(name).rstrip("/") for name in names)
        yield from (one for one in starts if any(path == one or path.startswith(f"{one}/") for path in paths))
    else:
        yield from sorted(paths)
