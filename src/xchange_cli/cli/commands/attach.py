from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations, named
from xchange_cli.cli.params import output_option

if TYPE_CHECKING:
    from xchange_cli.authoring.attachments import Attachments

attach = typer.Typer(rich_markup_mode="rich", no_args_is_help=True)


def _names(context: typer.Context) -> list[str]:
    from xchange_cli.authoring.attachments import FOLDER_NAME
    from xchange_cli.project.looking import names_in

    return names_in(named(context).folder / FOLDER_NAME)


_KEY = typer.Argument(
    metavar="KEY",
    help="Key, folder or file of the integration.",
    show_default=False,
    autocompletion=integrations,
)
_NAME = typer.Argument(
    metavar="NAME", help="Name of the attachment.", show_default=False, autocompletion=_names
)


@attach.callback()
def _about() -> None:
    """Keep files beside an integration: they are published with it.

    They are in the folder attachments/ beside the integration file. One may have 20 MB, unless
    `attachments: {maxMegabytes: …}` in xchange.yaml says otherwise.

    Examples:

      xchange attach add order-intake mapping.xlsx contract.pdf
      xchange attach list order-intake
      xchange attach get order-intake mapping.xlsx
      xchange attach remove order-intake contract.pdf

    Exit codes:

      0  done
      1  a file is too large, or the integration file is no YAML
      2  wrong usage, or a name that no attachment can have
      3  there is no such integration, file or attachment, or it cannot be read or written
      6  another file of this name is there; --replace overwrites it
    """


@attach.command()
def add(
    key: Annotated[str, _KEY],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to keep.", show_default=False)],
    *,
    name: Annotated[
        str | None, typer.Option("--as", help="What to call it, where there is one file.", metavar="NAME")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace attachments of the same name.")] = False,
) -> None:
    """Copy files to the attachments of an integration: all of them, or none.

    Examples:

      xchange attach add order-intake mapping.xlsx contract.pdf
      xchange attach add order-intake v2.pdf --as contract.pdf --replace

    Exit codes:

      0  done, also where they are there already
      1  a file is too large, or the integration file is no YAML
      2  a name that no attachment can have
      3  there is no such integration or file, or it cannot be read or written
      6  another file of this name is there, and --replace is not given
    """
    import sys

    from xchange_cli.formats import attached_text

    attached_text.render(_attachments(key).add(files, name, replaces=replace), sys.stdout)


@attach.command(name="list")
def list_(
    key: Annotated[str, _KEY], *, output: Annotated[str, output_option("attachments")] = "text"
) -> None:
    """List the attachments of an integration.

    Examples:

      xchange attach list order-intake
      xchange attach list order-intake --output json

    Exit codes:

      0  done, also where there are none
      1  the integration file is no YAML
      3  there is no such integration, or the folder cannot be read
    """
    import sys

    from xchange_cli import formats

    formats.write("attachments", output, _attachments(key).listed(), sys.stdout)


@attach.command()
def get(
    key: Annotated[str, _KEY],
    name: Annotated[str, _NAME],
    *,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            "-o",
            help="Where to write it, - for standard output; by default here, by its name.",
            metavar="FILE|-",
            show_default=False,
        ),
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite another file that is there.")] = False,
) -> None:
    """Copy an attachment to a file, or to standard output.

    Examples:

      xchange attach get order-intake mapping.xlsx
      xchange attach get order-intake orders.csv --to - | head -3

    Exit codes:

      0  done
      1  it is too large, or the integration file is no YAML
      2  it was to be written to a terminal
      3  there is no such integration or attachment, or a file cannot be read or written
      6  another file is there, and --replace is not given
    """
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.formats import copied_text

    attachments = _attachments(key)
    if to != "-":
        path = here() / (to or name)
        path = path / name if path.is_dir() else path
        copied_text.render(attachments.copy(name, path, replaces=replace), sys.stdout)
        return
    if sys.stdout.isatty():
        message = "an attachment could do anything to a terminal"
        raise XchangeError(ErrorCode.USAGE, message, hint="Send it to a file or to another program.")
    data = attachments.content(name)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


@attach.command()
def remove(key: Annotated[str, _KEY], name: Annotated[str, _NAME]) -> None:
    """Remove an attachment.

    Examples:

      xchange attach remove order-intake contract.pdf
      xchange attach remove integrations/order-intake contract.pdf

    Exit codes:

      0  done
      1  it is too large, or the integration file is no YAML
      3  there is no such integration or attachment, or it cannot be removed
    """
    import sys

    from xchange_cli.formats import attached_text

    attached_text.render(_attachments(key).remove(name), sys.stdout)


def _attachments(key: str) -> "Attachments":
    from xchange_cli.authoring.attachments import Attachments
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.project.integration_file import open_integration

    folder = here()
    project = project_of([key], folder)
    return Attachments(project, open_integration(project, key, folder), folder)
