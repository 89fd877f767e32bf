from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.authoring.blank import STARTS
from xchange_cli.cli.completion.versions import starts
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import REGISTRY
from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.authoring.new_integration import NewIntegration, Wish
    from xchange_cli.project.project import Project

_BLANK = "blank"
_TEMPLATE = "template:"
_FIRST_START = next(iter(STARTS))


def _known_start(word: str | None) -> str | None:
    if word is not None and word not in STARTS:
        raise typer.BadParameter(f"{word!r} is not one of {', '.join(STARTS)}")
    return word


def new(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY",
            help="Key of the integration: lower-case letters, digits and dashes. It is the name of its folder.",
            show_default=False,
        ),
    ] = None,
    *,
    name: Annotated[
        str | None, typer.Option(help="Its name; by default made of the key.", metavar="NAME")
    ] = None,
    description: Annotated[
        str | None, typer.Option(help="What it is for.", metavar="TEXT", show_default=False)
    ] = None,
    category: Annotated[
        str | None, typer.Option(help="Its category, such as CRM.", metavar="TEXT", show_default=False)
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(help="A label, kept in lower case; may be repeated.", metavar="LABEL"),
    ] = None,
    trigger: Annotated[
        str | None,
        typer.Option(
            help=f"What starts the flow of a blank one: {', '.join(STARTS)}. By default {_FIRST_START}.",
            metavar="START",
            callback=_known_start,
            autocompletion=lambda: list(STARTS),
            show_default=False,
        ),
    ] = None,
    origin: Annotated[
        str,
        typer.Option(
            "--from",
            help="What to begin with: blank, a file, - for standard input, the key or folder of another integration, "
            "or its newest version that is offered as a template.",
            metavar="blank|FILE|-|KEY|template:KEY",
            autocompletion=starts,
        ),
    ] = _BLANK,
    registry: Annotated[str, REGISTRY] = "",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing: what no option says gets its default.")
    ] = False,
    output: Annotated[str, output_option("new")] = "text",
) -> None:
    """Begin an integration: blank, from a file, or from another integration.

    A blank one can be run at once: a flow, a config set, a payload and a test. From another one everything but
    name, description, category and labels is kept as it is, with what is beside it; files with secrets in clear text
    are left out. On a terminal it asks for what no option says.

    Examples:

      xchange new acme-orders
      xchange new acme-orders --label orders --trigger schedule
      xchange new bolt-orders --from acme-orders
      xchange new bolt-orders --from template:order-intake
      xchange new acme-orders --from - < export.yml

    Exit codes:

      0  done, also where the file that it began with has findings
      1  what it is to begin with is no integration; nothing was written
      2  the key or an option makes no sense
      3  there is nothing by this name to begin with, or a file cannot be read or written
      4  the registry refuses access to the template
      5  the registry with the template cannot be reached
      6  the key is taken, or a merge of the file is not finished
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.authoring.given_details import Details
    from xchange_cli.authoring.new_integration import Wish
    from xchange_cli.authoring.new_place import free_place
    from xchange_cli.cli.here import here
    from xchange_cli.cli.new_wizard import asked_key, completed, may_ask
    from xchange_cli.project.find import project_of

    if trigger is not None and origin != _BLANK:
        message = "--trigger is for blank integrations; what --from names has its own"
        raise XchangeError(ErrorCode.USAGE, message, hint="Leave one of the two out.")
    asks = not yes and output == "text" and origin != "-" and may_ask()
    folder = here()
    project = project_of([], folder)
    if key is None:
        key = asked_key(project, folder) if asks else _no_key()
    wish = Wish(
        key, Details(name, description, category, tuple(label or ())), trigger or _FIRST_START, origin
    )
    if asks:
        free_place(project, key, folder)  # before anybody answers in vain
        wish = completed(wish, trigger)
    formats.write("new", output, _begun(project, wish, folder, registry), sys.stdout)


def _begun(project: "Project", wish: "Wish", folder: "Path", registry: str) -> "NewIntegration":
    import sys

    from xchange_cli.authoring.new_integration import begin_integration

    if wish.origin.startswith(_TEMPLATE):
        from xchange_cli.release.registry_of import registry_of
        from xchange_cli.release.versions.from_template import begin_from_template

        return begin_from_template(project, wish, folder, registry_of(project, registry, folder=folder))
    stdin = sys.stdin.buffer.read() if wish.origin == "-" else b""
    return begin_integration(project, wish, folder, stdin)


def _no_key() -> str:
    raise XchangeError(
        ErrorCode.USAGE, "which key is it to have?", hint="Say it, such as: xchange new acme-orders"
    )
