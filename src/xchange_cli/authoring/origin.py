"""What a new integration begins with: a blank one, a file, standard input, or another integration."""

from collections.abc import Mapping as MappingABC
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.blank import blank_files
from xchange_cli.authoring.siblings import LeftOut, siblings_of
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, open_integration, opened
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.project import Project
from xchange_cli.project.targets import STDIN, Target
from xchange_cli.source import Source

BLANK = "blank"
_STDIN_NAME = "<stdin>"
_KEYS = ("definitionVersion", "flows")
_FILE = FILE_NAMES[0]


class Origin(NamedTuple):
    """The text to begin with, and the files that go along, by their paths in the folder of the integration."""

    file: IntegrationFile
    beside: MappingABC[str, bytes]
    left_out: tuple[LeftOut, ...] = ()


def blank(trigger: str) -> Origin:
    files = dict(blank_files(trigger))
    return Origin(read_integration(_FILE, files.pop(_FILE)), files)


def origin_of(project: Project, argument: str, stdin: bytes, catalog: Catalog, folder: Path) -> Origin:
    """Open what `--from` names: `-`, a path or a key. What is beside an integration goes along.

    Raises:
        XchangeError: as `open_integration` does; INVALID when it is no integration.

    """
    if argument == STDIN:
        return Origin(read_integration(_STDIN_NAME, stdin), {})
    file = _opened(project, argument, folder)
    require_integration(file)
    if file.path.name not in FILE_NAMES:
        return Origin(file, {})
    beside = siblings_of(file.integration, file.folder, catalog, folder)
    return Origin(file, beside.files, beside.left_out)


def _opened(project: Project, argument: str, folder: Path) -> IntegrationFile:
    try:
        return open_integration(project, argument, folder)
    except XchangeError as error:
        key, mark, number = argument.rpartition("@")
        if error.code is not ErrorCode.NOT_FOUND or not (key and mark and number.isdecimal()):
            raise
        message = f"{argument} is no file, and --from takes no version but one that is offered as a template"
        hint = f"Take `--from template:{key}`, or `xchange fork {argument} NEWKEY`."
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=hint) from error


def read_integration(name: str, data: bytes) -> IntegrationFile:
    """Read the integration that bytes are, which stand in no file yet.

    Raises:
        XchangeError: UNREADABLE, CONFLICT or INVALID with the place, as for files.

    """
    file = opened(Target(name, "", Path(name)), Source.decode(name, data))
    require_integration(file)
    return file


def require_integration(file: IntegrationFile) -> None:
    """Refuse YAML that is something else.

    Raises:
        XchangeError: INVALID.

    """
    if not any(key in file.root.entries for key in _KEYS):
        raise XchangeError(
            ErrorCode.INVALID,
            "this is no integration: it has neither `definitionVersion` nor `flows`",
            hint="Export the integration as YAML.",
            place=Place(file.name, *file.root.span.first),
        )
