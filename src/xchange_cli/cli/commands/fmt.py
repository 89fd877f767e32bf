from typing import Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import output_option


def fmt(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, patterns, keys of integrations, or - for standard input; "
            "by default the whole project.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="List the files that would change, and change nothing (exit code 1)."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change, and change nothing (exit code 1).")
    ] = False,
    prune_defaults: Annotated[
        bool,
        typer.Option("--prune-defaults", help="Leave out inputs that equal the default of their component."),
    ] = False,
    output: Annotated[str, output_option("formatted")] = "text",
) -> None:
    """Write integration files as the hosted builder would: keys in its order, its quotes, its line breaks.

    Comments stay, and no file says anything else than before. Only integration files are formatted: config sets,
    payloads, tests and xchange.yaml are left alone.

    Examples:

      xchange fmt
      xchange fmt --check
      xchange fmt acme --diff
      xchange fmt acme --prune-defaults
      git show HEAD:integration.yml | xchange fmt -

    Exit codes:

      0  done, or nothing to do
      1  with --check or --diff: a file would change; or a file is no YAML or no integration and stays as it is
      3  a file is not there, cannot be read or cannot be written
      6  a file has the marks of a merge, or somebody else changed it meanwhile
    """
    from xchange_cli.cli.formatting import Wanted, format_once

    raise typer.Exit(
        format_once(
            Wanted(
                paths=tuple(paths or ()),
                check=check,
                diff=diff,
                prune_defaults=prune_defaults,
                output=output,
            )
        )
    )
