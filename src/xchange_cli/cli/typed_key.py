"""A key that has to be typed before something is done that is not taken back easily."""

import typer

from xchange_cli.errors import ErrorCode, XchangeError


def require_typed(key: str, command: str, verb: str, output: str) -> None:
    """Have the key typed; `verb` is what is done then, such as `detach`, and `command` does it without asking.

    Raises:
        XchangeError: USAGE where nobody can be asked, or where something else was typed.

    """
    from xchange_cli.cli.new_wizard import may_ask

    hint = f"`{command}` does it without asking."
    if output != "text" or not may_ask():
        message = f"{key}: nobody is here to type the key, so nothing was done"
        raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    if _typed(f"Type {key} to {verb} it") != key:
        raise XchangeError(ErrorCode.USAGE, f"this is not `{key}`, so nothing was done", hint=hint)


def _typed(question: str) -> str:
    from rich.console import Console
    from rich.prompt import Prompt
    from rich.text import Text

    try:
        return Prompt.ask(Text(question), console=Console(stderr=True, highlight=False)).strip()
    except EOFError as error:
        raise typer.Abort from error
