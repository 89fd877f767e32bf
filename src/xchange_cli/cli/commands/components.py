from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion import known
from xchange_cli.cli.default_group import default_group
from xchange_cli.cli.params import output_option

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.components.catalog import Catalog
    from xchange_cli.components.implementations import Implementations
    from xchange_cli.project.project import Project

components = typer.Typer(cls=default_group("show"), rich_markup_mode="rich")


@components.callback()
def _about() -> None:
    """List the components, show one of them or one of its actions, or begin one of your own.

    A step whose action does not run here needs a mock (`xchange run --mock`), or code of your own.

    Examples:

      xchange components
      xchange components slack
      xchange components http httpPost
      xchange components new acme-erp
    """


@components.command()
def show(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY",
            help="A component, such as http.",
            show_default=False,
            autocompletion=known.components,
        ),
    ] = None,
    action: Annotated[
        str | None,
        typer.Argument(
            metavar="ACTION",
            help="One of its actions, triggers or connections.",
            show_default=False,
            autocompletion=known.actions,
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("components")] = "text",
) -> None:
    """List the components, or show one of them or one of its actions.

    The word `show` may be left out.

    Examples:

      xchange components
      xchange components slack
      xchange components http httpPost
      xchange components http httpPost --output json

    Exit codes:

      0  shown
      1  two components of the project have the same key
      3  there is no such component or action
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.components.lookup import action_page, component_list, component_page

    _, catalog, local = _known(here())
    if key is None:
        formats.write("components", output, component_list(catalog, local), sys.stdout)
    elif action is None:
        formats.write("component", output, component_page(catalog, local, key), sys.stdout)
    else:
        formats.write("action", output, action_page(catalog, local, key, action), sys.stdout)


@components.command()
def new(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="Key of the component, such as acme-erp.",
            show_default=False,
            autocompletion=known.components,
        ),
    ],
    *,
    action: Annotated[
        str,
        typer.Option(
            help="Key of its first action, or of the one to write.",
            metavar="ACTION",
            autocompletion=known.actions,
        ),
    ] = "",
) -> None:
    """Begin a component of your own: what it offers, its code, and a test that passes.

    For a component of the catalogue it begins the code of an action that cannot be performed here.

    Examples:

      xchange components new acme-erp
      xchange components new acme-erp --action createOrder
      xchange components new slack --action postMessage

    Exit codes:

      0  begun
      1  two components of the project have the same key
      3  there is no such action, or the files cannot be written
    """
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.formats import begun_text
    from xchange_cli.project.new_component import begin_component

    folder = here()
    project, catalog, local = _known(folder)
    begun_text.render(begin_component(project, catalog, local, key, action, folder), sys.stdout)


def _known(folder: "Path") -> "tuple[Project, Catalog, Implementations]":
    """Read the project, and tell what is wrong with its own files."""
    import sys

    from xchange_cli.components.implementations import Implementations
    from xchange_cli.formats import findings_text
    from xchange_cli.project.own_code import OwnCodes
    from xchange_cli.project.project import Project
    from xchange_cli.validation.project_files import read_project_files

    project = Project.find(folder)
    files = read_project_files(project, folder)
    findings_text.render(files.diagnostics, sys.stderr)
    local = Implementations(OwnCodes(project, files.specifications, folder))
    return project, files.catalog, local
