"""The program's commands, in the order of the help, and its entry."""

import os
import sys
from typing import Annotated

import typer

from xchange_cli import __version__
from xchange_cli.cli import streams
from xchange_cli.cli.guard import guard
from xchange_cli.cli.later import Command, group_of
from xchange_cli.cli.session import Session

PROGRAM = "xchange"

_CHECK = "Check"
_RUN = "Run"

app = typer.Typer(
    name=PROGRAM,
    cls=group_of(
        Command("validate", _CHECK),
        Command("explain", _CHECK),
        Command("rules", _CHECK),
        Command("components", _CHECK),
        Command("schema", _CHECK),
        Command("run", _RUN),
        Command("runs", _RUN),
        Command("state", _RUN),
    ),
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def xchange(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Check integration YAML files and run their flows, on your own machine.

    Nothing is sent anywhere unless a step of a flow sends it.

    Examples:

      xchange validate
      xchange validate integrations/acme --output json
      xchange explain unknown-reference
      xchange components http httpPost
      xchange run order-intake --config dev --payload order
    """


def run(arguments: list[str]) -> int:
    """Run the program with arguments and give its exit code."""
    streams.prepare()
    if not sys.stdout.isatty():
        os.environ.setdefault("_TYPER_FORCE_DISABLE_TERMINAL", "1")  # else CI jobs get coloured help
    return guard(lambda session: _invoke(arguments, session), arguments)


def _invoke(arguments: list[str], session: Session) -> int:
    command = typer.main.get_command(app)
    if f"_{PROGRAM.upper()}_COMPLETE" in os.environ:
        command.main(arguments, prog_name=PROGRAM)
    with command.make_context(PROGRAM, list(arguments)) as context:
        session.attach(context.meta)
        command.invoke(context)
    return 0
