import sys
from contextlib import closing
from typing import Annotated

import typer

from xchange_cli import formats
from xchange_cli.cli.completion.beside import config_sets
from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.parts import flows
from xchange_cli.cli.default_group import default_group
from xchange_cli.cli.here import here
from xchange_cli.cli.params import output_option
from xchange_cli.errors import ErrorCode, XchangeError

SCOPES = ("flow", "cross-flow", "integration")

state = typer.Typer(cls=default_group("list"), rich_markup_mode="rich")


def _known_scope(scope: str) -> str:
    if scope and scope not in SCOPES:
        raise typer.BadParameter(f"{scope!r} is not one of {', '.join(SCOPES)}")
    return scope


_KEY = typer.Argument(
    metavar="KEY",
    help="The integration: its key, folder or file.",
    show_default=False,
    autocompletion=integrations,
)
_NAME = typer.Argument(metavar="NAME", help="What steps call the value.", show_default=False)
_CONFIG = typer.Option(
    help="Only the state of this config set; `local` is without one.",
    metavar="SET",
    autocompletion=config_sets,
)
_FLOW = typer.Option(help="Only the state of this flow.", metavar="NAME", autocompletion=flows)
_SCOPE = typer.Option(
    help="Only what one flow keeps, all flows of an instance, or all instances.",
    metavar="|".join(SCOPES),
    callback=_known_scope,
    autocompletion=lambda: list(SCOPES),
)


@state.callback()
def _about() -> None:
    """Show or change what flows keep between runs.

    A run loads it at its start and saves it when it has ended well.

    Examples:

      xchange state
      xchange state get orders cursor
      xchange state set orders cursor '{"page": 7}' --config acme --flow Nightly
      xchange state clear orders --yes
    """


@state.command("list")
def list_state(
    key: Annotated[str, _KEY] = "",
    *,
    config: Annotated[str, _CONFIG] = "",
    flow: Annotated[str, _FLOW] = "",
    scope: Annotated[str, _SCOPE] = "",
    output: Annotated[str, output_option("state")] = "text",
) -> None:
    """List what is kept, or only what one integration keeps.

    A config set is an instance of its own; what runs without one keep belongs to `local`.

    Examples:

      xchange state list
      xchange state list orders --config acme --scope cross-flow
      xchange state list orders --output json

    Exit codes:

      0  listed, even if nothing is kept
      3  there is no such integration, or the state cannot be read
    """
    from xchange_cli.cli.state_entries import Asked, StateDesk
    from xchange_cli.state.entries import StateView

    with closing(StateDesk(key, here())) as desk:
        found = desk.found(Asked(key, config, flow, scope))
    formats.write("state", output, StateView("listed", found), sys.stdout)


@state.command("get")
def get_state(
    key: Annotated[str, _KEY],
    name: Annotated[str, _NAME],
    *,
    config: Annotated[str, _CONFIG] = "",
    flow: Annotated[str, _FLOW] = "",
    scope: Annotated[str, _SCOPE] = "",
    output: Annotated[str, output_option("state")] = "text",
) -> None:
    """Print a value as JSON; with --output json also where it belongs.

    A secret is shown by its name.

    Examples:

      xchange state get orders cursor
      xchange state get orders cursor --config acme --flow Nightly
      xchange state get orders ids --scope cross-flow --output json

    Exit codes:

      0  printed
      3  no such value is kept, or the state cannot be read
    """
    from xchange_cli.cli.state_entries import Asked, StateDesk
    from xchange_cli.formats.json_text import write_json
    from xchange_cli.formats.values import jsonable
    from xchange_cli.state.entries import StateView

    with closing(StateDesk(key, here())) as desk:
        entry = desk.one(Asked(key, config, flow, scope, name))
    if output == "text":
        write_json(jsonable(entry.value), sys.stdout)
    else:
        formats.write("state", output, StateView("listed", (entry,)), sys.stdout)


@state.command("set")
def set_state(
    key: Annotated[str, _KEY],
    name: Annotated[str, _NAME],
    value: Annotated[
        str, typer.Argument(metavar="VALUE|@FILE", help="JSON, else text; or what a file holds.")
    ],
    *,
    config: Annotated[
        str,
        typer.Option(
            help="The config set; without one, the state of runs without.",
            metavar="SET",
            autocompletion=config_sets,
        ),
    ] = "",
    flow: Annotated[
        str,
        typer.Option(
            help="The flow; may be left out where there is only one.", metavar="NAME", autocompletion=flows
        ),
    ] = "",
    scope: Annotated[
        str,
        typer.Option(
            help="Who shares it: the runs of one flow, all flows of an instance, or all instances.",
            metavar="|".join(SCOPES),
            callback=_known_scope,
            autocompletion=lambda: list(SCOPES),
        ),
    ] = "flow",
    output: Annotated[str, output_option("state")] = "text",
) -> None:
    """Keep a value for the runs to come, in place of what there was.

    A run that is under way does not see it, and may overwrite it when it ends.

    Examples:

      xchange state set orders cursor 2024-05-17 --flow Nightly
      xchange state set orders cursor '{"page": 7}' --config acme --flow Nightly
      xchange state set orders ids @ids.json --config acme --scope cross-flow

    Exit codes:

      0  kept
      1  the value is too large, or the integration is broken
      3  there is no such integration or file, or the state cannot be written
    """
    from xchange_cli.cli.state_entries import WITHOUT_CONFIG, Asked, StateDesk, value_of
    from xchange_cli.cli.unknown_sets import unknown_set
    from xchange_cli.state.entries import StateView

    folder = here()
    with closing(StateDesk(key, folder)) as desk:
        kept = desk.keep(Asked(key, config, flow, scope, name), value_of(value, folder))
    formats.write("state", output, StateView("saved", kept), sys.stdout)
    note = "" if config == WITHOUT_CONFIG else unknown_set(key, config, folder)
    if note:
        from xchange_cli.formats import warning_text

        sys.stdout.flush()
        warning_text.render(note, sys.stderr)


@state.command("clear")
def clear_state(
    key: Annotated[str, _KEY],
    name: Annotated[str, _NAME] = "",
    *,
    config: Annotated[str, _CONFIG] = "",
    flow: Annotated[str, _FLOW] = "",
    scope: Annotated[str, _SCOPE] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    output: Annotated[str, output_option("state")] = "text",
) -> None:
    """Remove a value, or all that an integration keeps.

    Without --yes it shows what it would remove, and asks.

    Examples:

      xchange state clear orders cursor --config acme
      xchange state clear orders --scope cross-flow --yes

    Exit codes:

      0  removed, or you said no
      3  no such value is kept, or the state cannot be written
    """
    from xchange_cli.cli.state_entries import Asked, StateDesk
    from xchange_cli.state.entries import StateView

    with closing(StateDesk(key, here())) as desk:
        found = desk.some(Asked(key, config, flow, scope, name))
        if not yes:
            _ask(StateView("selected", found))
        desk.remove(found)
    formats.write("state", output, StateView("removed", found), sys.stdout)


def _ask(view: object) -> None:
    """Ask whether to go on; end the command if not."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise XchangeError(
            ErrorCode.USAGE, "there is nobody to ask", hint="Add --yes to remove without a question."
        )
    formats.write("state", "text", view, sys.stderr)
    if not typer.confirm("Remove?", err=True):
        typer.echo("Nothing was removed.", err=True)
        raise typer.Exit
