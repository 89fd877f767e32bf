from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli import formats
from xchange_cli.cli.completion.parts import flows as known_flows
from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import REGISTRY

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.cli.published import Subject
    from xchange_cli.overview.chart import Chart
    from xchange_cli.overview.publication import Publication
    from xchange_cli.project.integration_file import IntegrationFile
    from xchange_cli.project.project import Project

_GRAPHS = formats.names("chart")
_OF_ONE_FLOW = "svg"


def _known_graph(value: str) -> str:
    if value and value not in _GRAPHS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(_GRAPHS)}")
    return value


def show(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY[@VERSION]",
            help="The integration: its key, folder or file; by default the one that the working folder is in. "
            "With a version, what was published as that.",
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
    registry: Annotated[str, REGISTRY] = "",
    output: Annotated[str, output_option("overview")] = "text",
) -> None:
    """Show an integration at a glance: flows, steps, config variables, findings.

    A sign before each step says what it is; a line below the flows explains the signs. A file with findings is shown,
    too. Of a working copy it says which version is the newest, and whether that is another, if the registry is a folder or
    is named by --registry. With --graph, `svg` is a picture of one flow; `mermaid` and `dot` put several flows into one chart.

    Examples:

      xchange show order-intake
      xchange show order-intake --flow "Receive Order"
      xchange show order-intake@3
      xchange show order-intake --graph svg > receive-order.svg
      xchange show order-intake --output json

    Exit codes:

      0  shown
      1  the file is no YAML, or the version is not what was published
      2  a picture is of one flow, and there are several
      3  there is no such integration, version or flow
      4  the registry refuses access to the version
      5  the registry with the version cannot be reached
      6  the file has the marks of a merge that is not finished
    """
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.cli.published import subject_of
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.project.find import project_of

    if graph and output != "text":
        raise XchangeError(ErrorCode.USAGE, "--graph writes a chart, so --output does not go with it")
    folder = here()
    project = project_of([key] if key else [], folder)
    with subject_of(project, key, folder, registry) as subject:
        if graph:
            charts = _charts(project, subject.file, flow, folder, only=graph == _OF_ONE_FLOW)
            formats.write("chart", graph, charts, sys.stdout)
        else:
            _show(project, subject, flow, folder, registry, output)


def _show(
    project: "Project", subject: "Subject", flow: str, folder: "Path", registry: str, output: str
) -> None:
    import sys

    from xchange_cli.cli.published import asks_registry
    from xchange_cli.cli.validating import Setting, Wanted, checked
    from xchange_cli.document.edit import encode
    from xchange_cli.overview.at_a_glance import flows_named, glance
    from xchange_cli.project.targets import Target
    from xchange_cli.validation.project_files import read_project_files

    file = subject.file
    flows_named(file.integration, flow)
    catalog = read_project_files(project, folder).catalog
    if subject.manifest is None:
        result = checked(Wanted(), Setting(project, (file.target,), folder))
    else:  # what was published is checked by itself: nothing that is beside the working copy belongs to it
        target = Target(file.name, file.key, None)
        text = encode(file.source, file.source.text)
        result = checked(Wanted(), Setting(project, (target,), folder), text)
    looked = glance(file, flow, catalog, result)._replace(parent=_parent(subject))
    if subject.manifest is not None or asks_registry(project, registry):
        looked = looked._replace(published=_published(project, subject, folder, registry))
    formats.write("overview", output, looked, sys.stdout)


def _parent(subject: "Subject") -> str:
    if subject.manifest is None:
        from xchange_cli.release.forking.listed_forks import parent_named

        return parent_named(subject.file.path)
    from xchange_cli.registry.version_ref import VersionRef

    base = subject.manifest.fork
    return str(VersionRef(base.key, base.version)) if base else ""


def _published(project: "Project", subject: "Subject", folder: "Path", url: str) -> "Publication | None":
    import sys

    from xchange_cli.formats import silence_text
    from xchange_cli.release.out_of_reach import Silence
    from xchange_cli.release.registry_of import registry_of
    from xchange_cli.release.versions.publication_of import publication_of, publication_of_version

    if subject.manifest is not None and subject.registry is not None:
        return publication_of_version(subject.registry, subject.manifest)
    published = publication_of(registry_of(project, url, folder=folder), subject.file)
    if isinstance(published, Silence):
        silence_text.render_unknown(published, sys.stderr)
        return None
    return published


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
