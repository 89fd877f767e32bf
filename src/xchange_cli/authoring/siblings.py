"""What stands beside an integration and goes along when another one begins with it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.copied_secrets import holds_secret_value, trouble_with_tests
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.integration import Integration
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS, PAYLOADS, TESTS
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.looking import exists, is_file, is_folder, names_in
from xchange_cli.source import Source
from xchange_cli.validation.config_sets import SetFolder
from xchange_cli.validation.secret_texts import tokens_in
from xchange_cli.validation.set_secrets import secrets_in_set

_FOLDERS = (CONFIGS, PAYLOADS, TESTS, "docs", "attachments")
_FILES = ("icon.png",)
_OF_ONE = frozenset(
    {*FILE_NAMES, "fork.json", "fork.base.yml", "fork.upstream", "approvals.yml", "recordings"}
)
"""What only one integration has, so that nobody looks for it in another."""


class LeftOut(NamedTuple):
    """A file that was not copied, by the name that messages show, and why."""

    name: str
    reason: str


class Siblings(NamedTuple):
    """`files` by their paths in the folder of the integration, with `/`."""

    files: dict[str, bytes]
    left_out: tuple[LeftOut, ...]


def siblings_of(integration: Integration, place: Path, catalog: Catalog, folder: Path) -> Siblings:
    """Read what goes along with the integration in the folder `place`; names are relative to `folder`.

    A file with a secret in clear text stays where it is, and so does what only this integration has: where it was
    forked from, what was approved of it, recordings. What has no place in an integration stays, too, and is told.

    Raises:
        XchangeError: UNREADABLE when a file cannot be read.

    """
    files: dict[str, bytes] = {}
    left_out: list[LeftOut] = []
    sets = SetFolder(place / CONFIGS, folder)
    for path in _paths(place):
        inner = path.relative_to(place).as_posix()
        reason = _trouble_with_file(path, place)
        data = b"" if reason else _bytes(path, shown(path, folder))
        if not reason and _is_set(inner):
            reason = _trouble_with_set(sets, path, integration, catalog)
        elif not reason:
            reason = _trouble_with_text(inner, data)
        if reason:
            left_out.append(LeftOut(shown(path, folder), reason))
        else:
            files[inner] = data
    unknown = (LeftOut(shown(path, folder), "it has no place in an integration") for path in _unknown(place))
    return Siblings(files, (*left_out, *unknown))


def _paths(place: Path) -> Iterator[Path]:
    """Yield files, and links to folders: those are not followed."""
    yield from (place / name for name in _FILES if is_file(place / name))
    for name in _FOLDERS:
        for parent, folders, files in os.walk(place / name):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            links = (one for one in folders if Path(parent, one).is_symlink())
            yield from (Path(parent, one) for one in sorted((*files, *links)) if not one.startswith("."))


def _unknown(place: Path) -> Iterator[Path]:
    known = {*_OF_ONE, *_FILES, *_FOLDERS}
    return (place / name for name in names_in(place) if name not in known and not name.startswith("."))


def _trouble_with_file(path: Path, place: Path) -> str:
    """Say why something is not read at all: no link leads a secret of elsewhere into an integration."""
    if path.is_symlink() and not exists(path):
        return "it is a link that leads nowhere"
    if not path.resolve().is_relative_to(place.resolve()):
        return "it is a link that leads out of the folder"
    if is_file(path):
        return ""
    return "it is a link to a folder" if is_folder(path) else "it is no file"


def _is_set(inner: str) -> bool:
    parent, _, name = inner.rpartition("/")
    return parent == CONFIGS and name.endswith(CONFIG_SUFFIXES)


def _trouble_with_set(sets: SetFolder, path: Path, integration: Integration, catalog: Catalog) -> str:
    """Say why a set stays: it, or a set that it extends, holds a secret, or cannot be judged."""
    try:
        config_set = sets.read(path)
    except XchangeError:
        return "it cannot be read as a config set, so nobody knows whether it holds secrets"
    if any(found.severity is Severity.ERROR for found in config_set.diagnostics):
        return "it is no valid config set, so nobody knows whether it holds secrets"
    secret = next(secrets_in_set(config_set, integration, catalog), None)
    if secret is None:
        return "it holds a secret in clear text" if holds_secret_value(config_set) else ""
    if secret.span.source.name == config_set.source.name:
        return "it holds a secret in clear text"
    return "it extends a set that holds a secret in clear text"


def _trouble_with_text(inner: str, data: bytes) -> str:
    try:
        source = Source.decode("", data)
    except XchangeError:  # a picture, an archive
        return ""
    if next(tokens_in(source.text), None) is not None:
        return "it holds what looks like a secret in clear text"
    is_tests = inner.startswith(f"{TESTS}/") and inner.endswith(CONFIG_SUFFIXES)
    return trouble_with_tests(source) if is_tests else ""


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"{name} cannot be read: {error.strerror or error}",
            hint="Nothing was written.",
        ) from error
