"""Files beside an integration belong to it only where its folder is its own."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import FILE_NAMES


def own_folder(file: IntegrationFile) -> Path:
    """Give the folder of an integration.

    Raises:
        XchangeError: USAGE where the file has another name than `integration.yml`: others may stand beside it.

    """
    if file.path.name in FILE_NAMES:
        return file.folder
    raise XchangeError(
        ErrorCode.USAGE,
        f"{file.name} has no folder of its own, so no file beside it can belong to it",
        hint=f"Call it {FILE_NAMES[0]}, in a folder with the integration's key.",
    )
