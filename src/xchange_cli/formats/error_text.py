"""What ended a command, for people."""

from typing import TextIO

from xchange_cli.errors import XchangeError
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped


def render(error: XchangeError, out: TextIO) -> None:
    place = f"{showable(str(error.place))}: " if error.place else ""
    out.write(f"{place}{Style.of(out).paint('error', 'error:')} {showable(error.message)}\n")
    if error.hint:
        out.write(wrapped(error.hint, "hint: ") + "\n")
