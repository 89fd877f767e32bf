"""A registry that could not be reached, where the command did its work all the same."""

from typing import TextIO

from xchange_cli.formats import warning_text
from xchange_cli.release.out_of_reach import Silence


def render(silence: Silence | None, out: TextIO) -> None:
    if silence is not None:
        message = f"the registry was not asked, and its log says nothing of this: {silence.reason}"
        warning_text.render(message, out)


def render_unknown(silence: Silence, out: TextIO) -> None:
    """Say so where versions were looked for, and nothing was done."""
    warning_text.render(f"nothing is known of published versions: {silence.reason}", out)
