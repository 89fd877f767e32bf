"""What one invocation of the program knows beyond its arguments."""

from collections.abc import Callable
from typing import Any

import typer

_KEY = "xchange_cli.session"


def _nothing_known(text: str) -> str:
    return text


class Session:
    """`redact` removes the secrets known so far from a text; a command that reads secrets sets it.

    `interrupted` is what there is to say when Ctrl-C ends the command.
    """

    def __init__(self) -> None:
        self.redact: Callable[[str], str] = _nothing_known
        self.interrupted = "interrupted"

    def attach(self, meta: dict[str, Any]) -> None:
        """Make the session known to the command whose context has this `meta`."""
        meta[_KEY] = self

    @staticmethod
    def of(context: typer.Context) -> "Session":
        """Give the session of the command that runs."""
        session = context.meta[_KEY]
        assert isinstance(session, Session)
        return session
