"""Names that tell the integrations of a project apart, whatever folders they are in."""

from pathlib import Path

from xchange_cli.project.keys import key_of
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target


def unique_name(project: Project, target: Target) -> str:
    """Give the name under which an integration keeps things; no other file of the project has it.

    It is the key of a file that the project's patterns match, as long as no other that they match has this key;
    else the file's path: below the project's folder where it is there, otherwise whole. Links count as what they lead
    to.
    """
    if target.path is None:
        return target.name
    whole = target.path.resolve()
    keys = [(key_of(file), file.resolve()) for file in project.integration_files()]
    key = next((key for key, file in keys if file == whole), None)
    if key is not None and {file for known, file in keys if known == key} == {whole}:
        return key
    return _path_in(project.root.resolve(), whole)


def _path_in(root: Path, whole: Path) -> str:
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()
