"""`--install-completion` and `--show-completion`: the terminal library does it, and its troubles are told as ours."""

from collections.abc import Sequence
from typing import Any

import typer

from xchange_cli.cli.exits import Exit
from xchange_cli.errors import ErrorCode, XchangeError


def install(command: Any, program: str, arguments: Sequence[str]) -> None:
    """Do what the option says; the program ends with it.

    Raises:
        XchangeError: UNREADABLE when a start-up file of the shell cannot be read or written.

    """
    try:
        command.make_context(program, list(arguments))
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"completion cannot be installed: {error.filename} cannot be written: {error.strerror}",
            hint=f"`{program} --show-completion` prints the script; load it where your shell starts.",
        ) from error
    except typer.Exit as ended:  # a shell that is not known, which is said already
        raise typer.Exit(Exit.USAGE if ended.exit_code else Exit.OK) from ended
