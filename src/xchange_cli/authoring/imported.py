"""Takes in a file of the hosted builder: byte for byte, under the key that it is to have here."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.integration_keys import key_from, require_key
from xchange_cli.authoring.new_place import place_for, require_free
from xchange_cli.authoring.origin import require_integration
from xchange_cli.authoring.unknown_parts import Unknown, unknown_parts
from xchange_cli.document.edit import encode
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.keys import key_of, shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.source import Source
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.result import ValidationResult

VERSION = 7


class Imported(NamedTuple):
    """What became of an export. `state` is `made`, `replaced` or `same` where the file held these bytes already.

    `version` is its `definitionVersion` if that is a number. `unknown` is what the catalogue does not know; `result` what
    validating gave.
    """

    key: str
    name: str
    file: str
    state: str
    size: int
    encoding: str
    has_bom: bool
    version: int | None
    unknown: tuple[Unknown, ...]
    result: ValidationResult


def take_in(
    project: Project, source: Source, folder: Path, *, key: str | None = None, replaces: bool = False
) -> Imported:
    """Store an export as it is, and check it; without a key it gets one made of its name.

    Raises:
        XchangeError: INVALID with the place when it is no YAML or no integration; USAGE when there is no key; CONFLICT
            when the key is taken and the export is not to replace that integration. Nothing is written then.

    """
    export = opened(Target(source.name, "", Path(source.name)), source)
    require_integration(export)
    key = _key_of(export) if key is None else key
    require_key(key)
    data = encode(source, source.text)
    catalog = read_project_files(project, folder).catalog
    file, before = _place(project, key, folder)
    if before is not None and before != data and not replaces:
        raise _taken(key, shown(file, folder))
    if before != data:
        write_all([FileChange(file, shown(file, folder), before, data)])
    return Imported(
        key,
        export.integration.name,
        shown(file, folder),
        "same" if before == data else "made" if before is None else "replaced",
        len(data),
        source.encoding,
        source.has_bom,
        _version(export),
        unknown_parts(export.integration, catalog),
        validate_many(project, [Target(shown(file, folder), key, file)], folder),
    )


def _key_of(export: IntegrationFile) -> str:
    key = key_from(export.integration.name)
    if key:
        return key
    name = export.integration.name
    message = f"no key can be made of the name `{name}`" if name else "the file has no name to make a key of"
    raise XchangeError(ErrorCode.USAGE, message, hint="Say it: --key acme-orders.")


def _place(project: Project, key: str, folder: Path) -> tuple[Path, bytes | None]:
    """Give the file that has the key or is to have it, and what is in it now."""
    files = [path for path in project.integration_files() if key_of(path) == key]
    if len(files) > 1:
        names = " and ".join(shown(path, folder) for path in files)
        raise XchangeError(
            ErrorCode.CONFLICT, f"several integrations have the key `{key}`: {names}", hint="Rename a folder."
        )
    if files:
        return files[0], _bytes(files[0], shown(files[0], folder))
    file = place_for(project, key)
    require_free(project, file, key, folder, may_be_begun=True)
    return file, None


def _bytes(path: Path, name: str) -> bytes:
    """Read all that is there, whatever it is: it may be what an export is to replace."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"{name} cannot be read: {error.strerror or error}",
            hint="Nothing was changed.",
        ) from error


def _taken(key: str, name: str) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"the key `{key}` is taken: {name} holds something else",
        hint="Nothing was changed. Replace it with --replace, or give the export another key with --key.",
    )


def _version(export: IntegrationFile) -> int | None:
    node = export.root.get("definitionVersion")
    return node.data if node is not None and type(node.data) is int else None
