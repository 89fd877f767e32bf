from typing import Annotated

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY


def fork(
    parent: Annotated[
        str,
        typer.Argument(
            metavar="KEY[@VERSION]",
            help="What is forked: the folder of an integration as it is now, or a published version.",
            autocompletion=versions,
        ),
    ],
    key: Annotated[
        str, typer.Argument(metavar="NEWKEY", help="Key of the fork: lower-case letters, digits and dashes.")
    ],
    *,
    name: Annotated[
        str | None, typer.Option(help="Its name; by default made of its key.", metavar="NAME")
    ] = None,
    description: Annotated[
        str | None,
        typer.Option(help="What it is for; by default as its parent says.", metavar="TEXT"),
    ] = None,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("forked")] = "text",
) -> None:
    """Make an integration of your own from another one, and keep where it is from.

    Name and description change, and nothing else. The folder goes along, except for files with secrets in clear text;
    a version brings its documentation, its attachments and its icon. fork.json says what was forked, and
    fork.base.yml is its file, so that later changes of either can be told apart. Names that both would use in the same
    place outside, such as those of webhooks, are listed with others to take instead.

    Examples:

      xchange fork order-intake bolt-orders --name "Bolt Orders"
      xchange fork order-intake@1 acme-orders --description "As ACME has it"

    Exit codes:

      0  done, also where names are listed, or the fork has findings
      1  what is to be forked is no integration, or not what was published; nothing was written
      2  the key, the name or the description cannot be used
      3  there is nothing to fork by this name, or a file cannot be read or written
      4  the registry refuses access to the version
      5  the registry with the version cannot be reached
      6  the key is taken, or a merge of the file is not finished
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.cli.marking import tell_to_commit
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.formats import silence_text
    from xchange_cli.release.forking.forking import ForkWish
    from xchange_cli.release.forking.forking import fork as make_fork

    project, known = opened_registry(registry, endpoint_url)
    made = make_fork(project, ForkWish(parent, key, name, description), here(), known)
    formats.write("forked", output, made, sys.stdout)
    sys.stdout.flush()
    silence_text.render(made.silence, sys.stderr)
    parent, folder = made.parent.base.key, (here() / made.files[0]).parent
    tell_to_commit(project, registry, parent, f"Fork {parent}", [folder])
