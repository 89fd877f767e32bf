"""Config sets that a command names though the integration has none of this name."""

from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS
from xchange_cli.project.find import project_of
from xchange_cli.project.looking import is_file, names_in
from xchange_cli.project.targets import resolve
from xchange_cli.runs.inputs import find_set


def unknown_set(integration: str, config: str, folder: Path) -> str:
    """Say that no run can use this set, with the nearest one; nothing where there is such a set.

    Raises:
        XchangeError: where there is no such integration.

    """
    path = resolve(project_of([integration], folder), [integration], folder)[0].path
    if path is None or not config or _exists(config, path.parent, folder):
        return ""
    names = (Path(name) for name in names_in(path.parent / CONFIGS))
    near = nearest(config, [name.stem for name in names if name.suffix in CONFIG_SUFFIXES])
    meant = f" Did you mean `{near}`?" if near else ""
    return f"there is no config set `{config}`.{meant} Only a run with --config {config} sees the value."


def _exists(config: str, beside: Path, folder: Path) -> bool:
    try:
        return is_file(find_set(config, beside, folder))
    except XchangeError as error:
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        return False
