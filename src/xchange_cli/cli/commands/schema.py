from typing import Annotated

import typer

from xchange_cli.cli.completion.known import schemas as names
from xchange_cli.cli.params import output_option


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A schema, such as integration.",
            show_default=False,
            autocompletion=names,
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("schemas")] = "text",
) -> None:
    """List the JSON Schemas of files and outputs, or print one of them.

    Editors complete and check files by them; docs/editor.md says how.

    Examples:

      xchange schema
      xchange schema integration > .xchange/integration.schema.json

    Exit codes:

      0  printed
      3  there is no such schema
    """
    import sys

    from xchange_cli import formats, schemas

    if name is None:
        formats.write("schemas", output, schemas.about(), sys.stdout)
    else:
        sys.stdout.write(schemas.schema_text(name))
