"""A warning that is about no place in a file."""

from typing import TextIO

from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped

_WORD = "warning:"


def render(message: str, out: TextIO) -> None:
    words = wrapped(message, f"{_WORD} ")
    out.write(words.replace(_WORD, Style.of(out).paint("warning", _WORD), 1) + "\n")
