"""Begins an integration: its folder with all files, or nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.given_details import Details, Identity, described, require_details
from xchange_cli.authoring.integration_keys import name_from
from xchange_cli.authoring.new_place import free_place
from xchange_cli.authoring.origin import BLANK, Origin, blank, origin_of
from xchange_cli.authoring.siblings import LeftOut
from xchange_cli.document.edit import encode
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.result import ValidationResult


class Wish(NamedTuple):
    """`trigger` is a word of `blank.STARTS`, for blank ones only; `origin` what to begin with: blank, `-`, a path, a key."""

    key: str
    details: Details = Details()
    trigger: str = "webhook"
    origin: str = BLANK


class NewIntegration(NamedTuple):
    """What was made. `files` are shown names, the integration first; `trigger` is empty unless it was blank.

    `identity` tells what became of the other integration's `stableKey`; `result` is what validating gave. `template` is
    the version that it began with, such as `order-intake@3`, empty where that was none.
    """

    key: str
    name: str
    files: tuple[str, ...]
    trigger: str
    left_out: tuple[LeftOut, ...]
    identity: Identity
    result: ValidationResult
    template: str = ""


def begin_integration(
    project: Project, wish: Wish, folder: Path, stdin: bytes = b"", *, template: Origin | None = None
) -> NewIntegration:
    """Write the files of a new integration, and check them. Names are relative to `folder`.

    With a published `template`, it begins with that, whatever the wish's origin is.

    Raises:
        XchangeError: USAGE for a wish that cannot be granted; CONFLICT when the key is taken; what opening the origin
            raises; UNREADABLE when the system refuses. Nothing is written then.

    """
    file = free_place(project, wish.key, folder)
    require_details(wish.details)
    catalog = read_project_files(project, folder).catalog
    is_blank = template is None and wish.origin == BLANK
    if template is not None:
        origin = template
    else:
        origin = blank(wish.trigger) if is_blank else origin_of(project, wish.origin, stdin, catalog, folder)
    name = wish.details.name or name_from(wish.key)
    text = described(origin.file.source, wish.details._replace(name=name))
    files = {file.name: encode(origin.file.source, text.text), **origin.beside}
    write_all(_changes(file.parent, files, folder))
    target = Target(shown(file, folder), wish.key, file)
    return NewIntegration(
        wish.key,
        name,
        tuple(shown(file.parent / inner, folder) for inner in files),
        wish.trigger if is_blank else "",
        origin.left_out,
        text.identity,
        validate_many(project, [target], folder),
        template.file.name if template else "",
    )


def _changes(place: Path, files: Mapping[str, bytes], folder: Path) -> list[FileChange]:
    paths = {inner: place / inner for inner in files}
    return [FileChange(path, shown(path, folder), None, files[inner]) for inner, path in paths.items()]
