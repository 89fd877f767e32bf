"""The registry that commands about published versions work with."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from xchange_cli.project.project import Project
    from xchange_cli.registry.registry import Registry

REGISTRY = typer.Option(
    "--registry",
    metavar="URL",
    help="Another registry than the project's: a folder, or s3://bucket/prefix.",
    show_default=False,
)
ENDPOINT = typer.Option(
    "--endpoint-url",
    metavar="URL",
    help="Where an S3-compatible service is; by default AWS_ENDPOINT_URL says it, as for the AWS tools.",
    show_default=False,
)


def opened_registry(url: str, endpoint_url: str = "") -> "tuple[Project, Registry]":
    """Give the project around the working folder, and the registry: the one of the option, else the project's.

    Raises:
        XchangeError: UNREADABLE when the project file cannot be read; USAGE when the URL is none of a registry.

    """
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.release.registry_of import registry_of

    folder = here()
    project = project_of((), folder)
    return project, registry_of(project, url, folder=folder, endpoint_url=endpoint_url)
