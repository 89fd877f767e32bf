from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY

if TYPE_CHECKING:
    from xchange_cli.project.project import Project
    from xchange_cli.project.targets import Target


def versions(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY]",
            help="An integration: its key, folder or file; by default the one around the working folder.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    available: Annotated[
        bool, typer.Option("--available", help="Only versions that can be deployed.")
    ] = False,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("versions")] = "text",
) -> None:
    """Show the version history of an integration, the newest first.

    A draft stands above it where the working copy is not published as it is. A `*` behind a commit says that files were
    published that were not committed. Where a version is signed, each says by whom. Times are UTC.

    Examples:

      xchange versions order-intake
      xchange versions order-intake --available --output json

    Exit codes:

      0  shown, also where nothing is published yet
      1  the registry is damaged, or a trusted key is none
      2  several integrations are meant, or the key is none
      3  there is no such integration and no version of it, or the registry cannot be read
      4  the registry refuses the credentials
      5  the registry cannot be reached
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.release.versions.trusted_keys import trusted_keys
    from xchange_cli.release.versions.version_history import version_history

    project, opened = opened_registry(registry, endpoint_url)
    target = _working_copy(project, key)
    of = target.key if target else str(key)
    history = version_history(opened, of, target, trusted_keys(project), only_available=available)
    formats.write("versions", output, history, sys.stdout)


def _working_copy(project: "Project", key: str | None) -> "Target | None":
    """Find the working copy; versions stay where it is gone."""
    from xchange_cli.cli.here import here
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.project.integration_file import target_of
    from xchange_cli.project.targets import may_be_key

    try:
        return target_of(project, key, here())
    except XchangeError as error:
        if key is None or error.code is not ErrorCode.NOT_FOUND or not may_be_key(key):
            raise
        return None
