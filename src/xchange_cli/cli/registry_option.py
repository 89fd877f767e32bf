"""The registry that commands about published versions work with."""

from typing import TYPE_CHECKING

import typer

from xchange_cli.cli.params import not_empty

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.project.project import Project
    from xchange_cli.registry.registry import Registry

REGISTRY = typer.Option(
    "--registry",
    metavar="URL",
    help="Another registry than the project's: a folder, or s3://bucket/prefix.",
    show_default=False,
    callback=not_empty,
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
        XchangeError: UNREADABLE when the project file cannot be read; USAGE when the URL is none of a registry;
            NOT_FOUND when there is no such registry, or no project that could have one.

    """
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.release.registry_of import registry_of

    folder = here()
    project = project_of((), folder)
    if not url:
        _require_project(project, folder)
    return project, registry_of(project, url, folder=folder, endpoint_url=endpoint_url)


def _require_project(project: "Project", folder: "Path") -> None:
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.project.looking import exists
    from xchange_cli.project.project import INTEGRATIONS_FOLDER, REGISTRY

    root = project.root
    if project.document is not None or exists(root / INTEGRATIONS_FOLDER) or exists(root / REGISTRY):
        return
    if any(one.suffix in {".yml", ".yaml"} for one in folder.iterdir()):  # loose files can be published, too
        return
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        "there is no project here: neither xchange.yaml nor integrations/, in this folder or above it",
        hint="Go to the folder of the project; `xchange init` begins one.",
    )
