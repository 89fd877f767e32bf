"""Integrations: their keys, and for whoever types a path their folders. And the one that is named already."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from xchange_cli.project.integration_file import IntegrationFile


def integrations(incomplete: str) -> list[str]:
    """Offer keys, or folders as soon as a `/` is typed."""
    from xchange_cli.cli.here import here
    from xchange_cli.project.keys import key_of, shown
    from xchange_cli.project.project import Project

    folder = here()
    files = Project.find(folder).integration_files()
    if "/" in incomplete:
        return [f"{shown(file.parent, folder)}/" for file in files]
    return list(dict.fromkeys(key_of(file) for file in files))


def named(context: typer.Context) -> "IntegrationFile":
    """Open the integration that the line names: the first argument, or the only one there is.

    Raises:
        XchangeError: there is none, or its file is broken.

    """
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.project.integration_file import open_integration

    first = first_argument(context)
    folder = here()
    return open_integration(project_of([first] if first else [], folder), first or None, folder)


def first_argument(context: typer.Context) -> str:
    """Give the first argument of the command, or the first of many; a version behind `@` does not belong to it."""
    for parameter in context.command.params:
        if parameter.param_type_name == "argument":
            value = context.params.get(parameter.name or "")
            first = value[0] if isinstance(value, (list, tuple)) and value else value
            return first.partition("@")[0] if isinstance(first, str) else ""
    return ""
