import re
from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli import formats
from xchange_cli.cli.completion.parts import flows as known_flows
from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.overview.chart import Chart
    from xchange_cli.project.integration_file import IntegrationFile
    from xchange_cli.project.project import Project

_GRAPHS = formats.names("chart")
_OF_ONE_FLOW = "svg"
_VERSION = re.compile(r"(.+)@([0-9]+)", re.DOTALL)


def _known_graph(value: str) -> str:
    if value and value not in _GRAPHS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(_GRAPHS)}")
    return value


def show(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY[@VERSION]",
            help="The integration: its key, folder or file; by default the one that the working folder is in.",
            show_default=False,
            autocompletion=versions,
        ),
    ] = None,
    *,
    flow: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Show this flow alone, and what it uses.", autocompletion=known_flows
        ),
    ] = "",
    graph: Annotated[
        str,
        typer.Option(
            metavar="|".join(_GRAPHS),
            help="Draw a chart instead: a picture, or text for Mermaid or Graphviz.",
            callback=_known_graph,
            autocompletion=lambda: list(_GRAPHS),
        ),
    ] = "",
    output: Annotated[str, output_option("overview")] = "text",
) -> None:
    """Show an integration at a glance: flows, steps, config variables, findings.

    A sign before each step says what it is; a line below the flows explains the signs. A file with findings is shown,
    too. With --graph, `svg` is a picture of one flow; `mermaid` and `dot` put several flows into one chart.

    Examples:

      xchange show order-intake
      xchange show order-intake --flow "Receive Order"
      xchange show order-intake --graph svg > receive-order.svg
      xchange show order-intake --output json

    Exit codes:

      0  shown
      1  the file is no YAML
      2  a picture is of one flow, and there are several
      3  there is no such integration, version or flow
      6  the file has the marks of a merge that is not finished
    """
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.project.find import project_of

    if graph and output != "text":
        raise XchangeError(ErrorCode.USAGE, "--graph writes a chart, so --output does not go with it")
    folder = here()
    project = project_of([key] if key else [], folder)
    file = _opened(project, key, folder)
    if graph:
        formats.write(
            "chart", graph, _charts(project, file, flow, folder, only=graph == _OF_ONE_FLOW), sys.stdout
        )
        return
    from xchange_cli.cli.validating import Setting, Wanted, checked
    from xchange_cli.overview.at_a_glance import flows_named, glance
    from xchange_cli.validation.project_files import read_project_files

    flows_named(file.integration, flow)
    catalog = read_project_files(project, folder).catalog
    result = checked(Wanted(), Setting(project, (file.target,), folder))
    formats.write("overview", output, glance(file, flow, catalog, result), sys.stdout)


def _opened(project: "Project", key: str | None, folder: "Path") -> "IntegrationFile":
    """Open the integration; one that is asked for by a version is looked for among the published ones."""
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.project.integration_file import open_integration
    from xchange_cli.project.looking import exists

    versioned = _VERSION.fullmatch(key or "")
    if key is None or versioned is None or exists(folder / key):
        return open_integration(project, key, folder)
    name, version = versioned.groups()
    open_integration(project, name, folder)
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"no version {version} of {name} is published here",
        hint=f"Leave out @{version} to see the file as it is now.",
    )


def _charts(
    project: "Project", file: "IntegrationFile", flow: str, folder: "Path", *, only: bool
) -> "tuple[Chart, ...]":
    from xchange_cli.model.find import find_flow
    from xchange_cli.overview.at_a_glance import flows_named
    from xchange_cli.overview.chart import chart_of
    from xchange_cli.validation.project_files import read_project_files

    integration = file.integration
    chosen = (find_flow(integration, ""),) if only and not flow else flows_named(integration, flow)
    catalog = read_project_files(project, folder).catalog
    return tuple(chart_of(one, catalog) for one in chosen)
