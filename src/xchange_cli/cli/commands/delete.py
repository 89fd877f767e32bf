from typing import Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY


def delete(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="The integration: its key, its folder or its file.",
            autocompletion=integrations,
        ),
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking for the key.")] = False,
    purge: Annotated[
        bool,
        typer.Option(
            "--purge", help="Delete the published versions, too, for good; takes --yes. The log keeps that."
        ),
    ] = False,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("deleted")] = "text",
) -> None:
    """Delete an integration, after showing what depends on it.

    On a terminal the key has to be typed, elsewhere --yes is needed. The folder is moved into .xchange/deleted, from
    where it can be moved back. Published versions stay, and so do their numbers: after --purge, a new version gets the
    next one. A purge that was cut off is finished by the same command.

    Examples:

      xchange delete order-intake
      xchange delete order-intake --yes --output json
      xchange delete order-intake --purge --yes

    Exit codes:

      0  deleted
      1  the registry is damaged, with --purge; nothing was deleted
      2  neither --yes nor the key was given, or this is nothing that may be deleted
      3  there is no such integration, or the system refuses; nothing was deleted
      4  the registry refuses access, with --purge; nothing was deleted
      5  the registry cannot be reached, with --purge; nothing was deleted
      6  other integrations are in its folder, or, with --purge, another one has the key
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.cli.marking import tell_to_commit
    from xchange_cli.cli.typed_key import require_typed
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.formats import deletion_text, silence_text
    from xchange_cli.project.find import project_of
    from xchange_cli.release.deleting.deleting import delete as delete_it
    from xchange_cli.release.deleting.deleting import deletion_of
    from xchange_cli.release.registry_of import registry_of

    if purge and not yes:
        message = "--purge takes --yes as well: no version ever comes back"
        raise XchangeError(
            ErrorCode.USAGE, message, hint=f"`xchange delete {key} --purge --yes` deletes them."
        )
    folder = here()
    project = project_of([key], folder)
    known = registry_of(project, registry, folder=folder, endpoint_url=endpoint_url)
    deletion = deletion_of(project, key, folder, known, purges=purge)
    if output == "text":
        deletion_text.render(deletion, sys.stderr)
    if not yes:
        require_typed(deletion.key, f"xchange delete {deletion.key} --yes", "delete", output)
    done = delete_it(project, deletion, folder, known)
    formats.write("deleted", output, done, sys.stdout)
    sys.stdout.flush()
    silence_text.render(done.silence, sys.stderr)
    tell_to_commit(project, registry, deletion.key, f"Delete {deletion.key}")
