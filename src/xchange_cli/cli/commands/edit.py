from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import output_option

if TYPE_CHECKING:
    from xchange_cli.authoring.details import DetailsWish
    from xchange_cli.authoring.icon import Icon
    from xchange_cli.project.integration_file import IntegrationFile


def edit(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY",
            help="Key, folder or file of the integration; by default the one of this folder.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    name: Annotated[str | None, typer.Option(help="Its new name.", metavar="NAME")] = None,
    description: Annotated[
        str | None, typer.Option(help="What it is for; may be empty.", metavar="TEXT")
    ] = None,
    category: Annotated[
        str | None, typer.Option(help="Its category, such as CRM; may be empty.", metavar="TEXT")
    ] = None,
    documentation: Annotated[
        str | None,
        typer.Option(help="A Markdown file for `documentation`, or - for standard input.", metavar="FILE|-"),
    ] = None,
    add_label: Annotated[
        list[str] | None,
        typer.Option(help="A label to add, kept in lower case; may be repeated.", metavar="LABEL"),
    ] = None,
    remove_label: Annotated[
        list[str] | None, typer.Option(help="A label to remove; may be repeated.", metavar="LABEL")
    ] = None,
    icon: Annotated[
        str | None,
        typer.Option(help="A square PNG image, at least 400 pixels wide; kept as icon.png.", metavar="FILE"),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the lines that would change, and change nothing.")
    ] = False,
    output: Annotated[str, output_option("edit")] = "text",
) -> None:
    """Change the name, the description, the category, the documentation, labels and the icon of an integration.

    Only the characters concerned change: comments, quotes, order and line ends stay. All files are written, or none.
    Without an option it asks, on a terminal.

    Examples:

      xchange edit order-intake --name "Order Intake" --add-label erp
      xchange edit order-intake --documentation README.md --icon logo.png
      xchange edit order-intake --category "" --diff

    Exit codes:

      0  done, also where everything is so already
      1  the file is no YAML or cannot be changed in place, or the icon does not fit
      2  there is no option, or a text that cannot be used, such as an empty name
      3  there is no such integration, or a file cannot be read or written
      6  a merge of the file is not finished, or it was changed meanwhile
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.authoring.details import DetailsWish, edit_details, write
    from xchange_cli.authoring.labels import LabelWish
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.project.integration_file import open_integration

    folder = here()
    file = open_integration(project_of([key] if key else [], folder), key, folder)
    labels = LabelWish(tuple(add_label or ()), tuple(remove_label or ()))
    wish = DetailsWish(name, description, category, _markdown(documentation), labels, _icon(icon))
    edited = edit_details(file, _asked(file, output) if wish.is_empty else wish, folder)
    formats.write("edit", output, edited if diff else write(edited), sys.stdout)


def _icon(argument: str | None) -> "Icon | None":
    from xchange_cli.authoring.icon import read_icon
    from xchange_cli.cli.here import here

    return None if argument is None else read_icon(here() / argument, argument)


def _markdown(argument: str | None) -> str | None:
    """Read Markdown; its lines end at LF, whatever the file has."""
    import re
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.source import MAX_BYTES, Source

    if argument is None:
        return None
    if argument == "-":
        source = Source.decode("standard input", sys.stdin.buffer.read(MAX_BYTES + 1))
    else:
        source = Source.read(here() / argument, argument, is_named=True)
    return re.sub(r"\r\n|\r", "\n", source.text)


def _asked(file: "IntegrationFile", output: str) -> "DetailsWish":
    from xchange_cli.cli.edit_wizard import asked
    from xchange_cli.cli.new_wizard import may_ask
    from xchange_cli.errors import ErrorCode, XchangeError

    if output == "text" and may_ask():
        return asked(file)
    raise XchangeError(
        ErrorCode.USAGE,
        "nothing is said of what to change",
        hint="Use --name, --description, --category, --documentation, --add-label, --remove-label or --icon.",
    )
