"""What earlier commands have kept of a project's results, where it has a place for that."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from xchange_cli.errors import XchangeError
from xchange_cli.project.local import local_folder, make_local
from xchange_cli.project.looking import is_folder
from xchange_cli.project.project import INTEGRATIONS_FOLDER, Project

if TYPE_CHECKING:
    from xchange_cli.content_cache.pack import Pack
    from xchange_cli.validation.remembered import Memory

FOLDER, FILE = "cache", "checked"


def memory_of(project: Project, folder: Path, wishes: Iterable[object]) -> "Memory | None":
    """Open what was kept by earlier checks; `wishes` are whatever else findings depend on."""
    pack = pack_of(project, FILE)
    if pack is None:
        return None
    from xchange_cli.validation.remembered import Memory

    return Memory(pack, folder, (*wishes, digest_of_all(project)))


def pack_of(project: Project, name: str) -> "Pack | None":
    """Open one kind of kept results.

    None where nothing is to be kept: a loose file in some folder is no reason to leave another one there.
    """
    home = local_folder(project)
    if project.document is None and not is_folder(project.root / INTEGRATIONS_FOLDER) and not is_folder(home):
        return None
    try:
        make_local(project)
    except XchangeError:  # a repository that must not be written to is checked without
        return None
    from xchange_cli.content_cache.pack import Pack

    return Pack(home / FOLDER / name)


def digest_of_all(project: Project) -> str:
    """Give a digest of what is said for all integrations: by the project file, own components and house rules."""
    return _digest(_texts(project))


def _digest(texts: Iterable[bytes]) -> str:
    import hashlib

    found = hashlib.sha256()
    for text in texts:
        found.update(b"%d\0" % len(text))
        found.update(text)
    return found.hexdigest()


def _texts(project: Project) -> Iterator[bytes]:
    if project.document is not None:
        yield project.document.source.text.encode("utf-8", "surrogatepass")
    for file in (*project.component_files(), *project.rule_files(), *_installed_files()):
        yield str(file).encode("utf-8", "surrogatepass")
        yield _bytes(file)


def _installed_files() -> Iterator[Path]:
    """Yield the specifications of installed components; one without is reported where it is used."""
    from xchange_cli.components.own.installed import GROUP, installed_components
    from xchange_cli.content_cache.stamp import packages_name

    if packages_name(GROUP.encode()):
        for one in installed_components().values():
            with suppress(XchangeError):
                yield one.specification


def _bytes(file: Path) -> bytes:
    """Read a file; one that cannot be read says nothing, which is reported where it is checked."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
