from typing import Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import output_option


def import_(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help="The export, or - for standard input.", show_default=False),
    ],
    *,
    key: Annotated[
        str | None,
        typer.Option(
            help="Key of the integration; by default made of the name in the file.",
            metavar="KEY",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace the file of the integration that has the key; all else stays."
        ),
    ] = False,
    output: Annotated[str, output_option("import")] = "text",
) -> None:
    """Take in a file that the hosted builder exported, byte for byte.

    UTF-8 and UTF-16 are kept as they are, and so are order, quotes and line ends. What is wrong with the file, and
    what of it the catalogue does not know, is told; neither stops the import.

    Examples:

      xchange import ~/Downloads/acme-orders.yml
      xchange import export.yml --key acme-orders
      xchange import export.yml --key acme-orders --replace
      xchange import - --key acme-orders < export.yml

    Exit codes:

      0  done, also where the file has findings
      1  the file is no YAML, or no integration; nothing was written
      2  the key makes no sense, or none can be made of the name
      3  a file cannot be read or written
      6  the key is taken and --replace is missing, or a merge of the file is not finished
    """
    import sys
    from pathlib import Path

    from xchange_cli import formats
    from xchange_cli.authoring.imported import take_in
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.source import Source

    folder = here()
    if file == "-":
        source = Source.decode("<stdin>", sys.stdin.buffer.read())
    else:
        source = Source.read(folder / Path(file), file, is_named=True)
    taken = take_in(project_of([], folder), source, folder, key=key, replaces=replace)
    formats.write("import", output, taken, sys.stdout)
