from typing import Annotated

import typer

from xchange_cli.cli.params import output_option


def components(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="A component, such as http.", show_default=False)
    ] = None,
    action: Annotated[
        str | None,
        typer.Argument(
            metavar="ACTION", help="One of its actions, triggers or connections.", show_default=False
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("components")] = "text",
) -> None:
    """List the components, or show one of them or one of its actions.

    A step whose action does not run here needs a mock: `xchange run --mock`.

    Examples:

      xchange components
      xchange components slack
      xchange components http httpPost
      xchange components http httpPost --output json
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.components.implementations import Implementations
    from xchange_cli.components.lookup import action_page, component_list, component_page
    from xchange_cli.formats import findings_text
    from xchange_cli.project.project import Project
    from xchange_cli.validation.project_files import read_project_files

    folder = here()
    catalog, findings = read_project_files(Project.find(folder), folder)
    findings_text.render(findings, sys.stderr)
    local = Implementations()
    if key is None:
        formats.write("components", output, component_list(catalog, local), sys.stdout)
    elif action is None:
        formats.write("component", output, component_page(catalog, local, key), sys.stdout)
    else:
        formats.write("action", output, action_page(catalog, local, key, action), sys.stdout)
