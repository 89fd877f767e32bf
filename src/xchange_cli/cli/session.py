"""What one invocation of the program knows beyond its arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer

_KEY = "xchange_cli.session"


def _nothing_known(text: str) -> str:
    return text


@dataclass(slots=True)
class Session:
    """`redact` removes the secrets known so far from a text; a command that reads secrets sets it."""

    redact: Callable[[str], str] = _nothing_known

    def attach(self, meta: dict[str, Any]) -> None:
        """Make the session known to the command whose context has this `meta`."""
        meta[_KEY] = self

    @staticmethod
    def of(context: typer.Context) -> "Session":
        """Give the session of the command that runs."""
        session = context.meta[_KEY]
        assert isinstance(session, Session)
        return session
