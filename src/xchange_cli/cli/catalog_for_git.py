"""The catalogue for what git calls: it has to answer whatever state the project is in."""

from pathlib import Path
from typing import TYPE_CHECKING

from xchange_cli.errors import XchangeError

if TYPE_CHECKING:
    from xchange_cli.components.catalog import Catalog


def catalog_for_git(folder: Path) -> "Catalog":
    """Give the project's catalogue; the built-in one where the project cannot be read, as in the middle of a merge."""
    from xchange_cli.components.catalog import Catalog
    from xchange_cli.project.find import project_of
    from xchange_cli.validation.project_files import read_project_files

    try:
        return read_project_files(project_of((), folder), folder).catalog
    except XchangeError:
        return Catalog.load()
