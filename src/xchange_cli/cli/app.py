"""The program's commands, in the order of the help, and its entry."""

import os
import sys
from typing import Annotated, Any

import typer

from xchange_cli import __version__
from xchange_cli.cli import streams
from xchange_cli.cli.guard import guard
from xchange_cli.cli.later import Command, group_of
from xchange_cli.cli.session import Session

PROGRAM = "xchange"
_COMPLETE = f"_{PROGRAM.upper()}_COMPLETE"
_INSTALLING = (["--install-completion"], ["--show-completion"])

_AUTHOR = "Author"
_CHECK = "Check"
_REVIEW = "Review"
_RELEASE = "Release"
_RUN = "Run"

app = typer.Typer(
    name=PROGRAM,
    cls=group_of(
        Command("init", _AUTHOR),
        Command("new", _AUTHOR),
        Command("import", _AUTHOR),
        Command("edit", _AUTHOR),
        Command("attach", _AUTHOR),
        Command("docs", _AUTHOR),
        Command("list", _AUTHOR),
        Command("show", _AUTHOR),
        Command("fmt", _AUTHOR),
        Command("rename", _AUTHOR),
        Command("delete", _AUTHOR),
        Command("validate", _CHECK),
        Command("explain", _CHECK),
        Command("rules", _CHECK),
        Command("components", _CHECK),
        Command("schema", _CHECK),
        Command("diff", _REVIEW),
        Command("upstream", _REVIEW),
        Command("merge-driver", _REVIEW),
        Command("publish", _RELEASE),
        Command("fork", _RELEASE),
        Command("versions", _RELEASE),
        Command("export", _RELEASE),
        Command("mark", _RELEASE),
        Command("label", _RELEASE),
        Command("template", _RELEASE),
        Command("verify", _RELEASE),
        Command("keys", _RELEASE),
        Command("log", _RELEASE),
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
    """Write and check integration YAML files and run their flows, on your own machine.

    Nothing is sent anywhere unless a step of a flow sends it.

    First steps:

      xchange init                          begin a project in this folder
      xchange new hello --trigger webhook   an integration to start from
      xchange validate                      check all that there is
      xchange run hello --config dev --payload example

    Examples:

      xchange list slack --trigger schedule
      xchange validate integrations/acme --output json
      xchange explain unknown-reference
      xchange run order-intake --config dev --payload order
      xchange runs show last

    Exit codes that any command can end with, beside its own:

      0    done
      2    wrong usage
      70   a bug in xchange; a report file is written
      130  interrupted with Ctrl-C
      141  the reader of the output went away
    """


def run(arguments: list[str]) -> int:
    """Run the program with arguments and give its exit code."""
    streams.prepare()
    if not sys.stdout.isatty():
        os.environ.setdefault("_TYPER_FORCE_DISABLE_TERMINAL", "1")  # else CI jobs get coloured help
    return guard(lambda session: _invoke(arguments, session), arguments)


def _invoke(arguments: list[str], session: Session) -> int:
    command = typer.main.get_command(app)
    if _COMPLETE in os.environ:
        return _complete(command, arguments)
    if arguments[:1] in _INSTALLING:
        from xchange_cli.cli.completion.install import install

        install(command, PROGRAM, arguments)
    with command.make_context(PROGRAM, list(arguments)) as context:
        session.attach(context.meta)
        command.invoke(context)
    return 0


def _complete(command: Any, arguments: list[str]) -> int:
    """Answer a shell that asks what could be typed; its script is the terminal library's."""
    from xchange_cli.cli.completion.answer import answer, asks

    wish = os.environ[_COMPLETE]
    if not asks(wish):
        return int(command.main(arguments, prog_name=PROGRAM, standalone_mode=False) or 0)
    answered = answer(command, wish, os.environ)
    if answered.text:
        sys.stdout.write(f"{answered.text}\n")
    return answered.code
