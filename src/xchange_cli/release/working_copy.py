"""What of a working copy is published: the integration's file, its icon, its documentation, its attachments."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from xchange_cli.document.edit import encode
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.published_files import ATTACHMENTS, DOCS, ICON, is_published_page
from xchange_cli.registry.package import INTEGRATION, Package, PackageFile
from xchange_cli.source import require_file

if TYPE_CHECKING:
    from xchange_cli.registry.registry import Registry


def package_of(file: IntegrationFile) -> Package:
    """Make the package of a working copy: every file byte for byte.

    Config sets, payloads, tests and recordings are not in it. A file that is not called `integration.yml` has nothing
    beside it. Hidden files, such as those of file managers, are left out.

    Raises:
        XchangeError: UNREADABLE when a file cannot be read, or is a link that leads out of the integration's folder;
            what `Package` says about names that some system does not take.

    """
    files = [PackageFile(INTEGRATION, encode(file.source, file.source.text))]
    files += [PackageFile(inner, _bytes(file, inner)) for inner in names_beside(file)]
    return Package(tuple(files))


def draft_differs(registry: "Registry", file: IntegrationFile) -> bool:
    """Tell whether a working copy is other than the newest published version; one never published is.

    Raises:
        XchangeError: as `package_of` and the registry do.

    """
    newest = registry.newest(file.key)
    if newest is None:
        return True
    return package_of(file).digest != newest.digest


def names_beside(file: IntegrationFile) -> tuple[str, ...]:
    """Give the files that are published with the integration's, by their paths in its folder, with `/`.

    Raises:
        XchangeError: UNREADABLE when a folder cannot be listed.

    """
    return names_at(file.path, file.name)


def names_at(path: Path, name: str) -> tuple[str, ...]:
    """Give the same for an integration's file that is not read; `name` is what messages call it.

    Raises:
        XchangeError: UNREADABLE when a folder cannot be listed.

    """
    if path.name not in FILE_NAMES:
        return ()
    icon = [ICON] if os.path.lexists(path.parent / ICON) else []
    pages = filter(is_published_page, _files_below(path.parent, DOCS, name))
    return (*icon, *pages, *_files_below(path.parent, ATTACHMENTS, name))


def _files_below(place: Path, name: str, integration: str) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise _unreadable(integration, name, error.strerror or str(error)) from error

    for parent, folders, names in os.walk(place / name, onerror=refuse):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        inner = Path(parent).relative_to(place).as_posix()
        yield from (f"{inner}/{one}" for one in sorted(names) if not one.startswith("."))


def _bytes(file: IntegrationFile, inner: str) -> bytes:
    path, name = file.folder / inner, _name(file.name, inner)
    if not path.resolve().is_relative_to(file.folder.resolve()):
        raise _unreadable(file.name, inner, "it is a link that leads out of the integration's folder")
    try:
        require_file(name, path.stat().st_mode)
        return path.read_bytes()
    except OSError as error:
        reason = "it is a link to a file that does not exist" if path.is_symlink() else error.strerror
        raise _unreadable(file.name, inner, reason or str(error)) from error


def _unreadable(integration: str, inner: str, reason: str) -> XchangeError:
    return XchangeError(ErrorCode.UNREADABLE, f"{_name(integration, inner)} cannot be published: {reason}")


def _name(integration: str, inner: str) -> str:
    return (PurePosixPath(integration).parent / inner).as_posix()
