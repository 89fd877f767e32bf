"""Zsh: it evaluates what it is given, so that is a call of its own function for words with descriptions."""

import re
from collections.abc import Mapping, Sequence

from xchange_cli.cli.completion.offers import Offer
from xchange_cli.cli.completion.shell import Answer, Shell
from xchange_cli.cli.completion.typed import Line, line_of

_OWN_FILES = "_files"
_SPECIAL = re.compile(r"[ !\"#$&'()*;<>?\[\\\]^`{|}~]")


def _read(environment: Mapping[str, str]) -> Line:
    return line_of(environment["_TYPER_COMPLETE_ARGS"])


def _write(_environment: Mapping[str, str], _line: Line, found: Sequence[Offer]) -> Answer:
    """Write without a blank in any word: the shell cuts the text at blanks before it evaluates it."""
    if not found:
        return Answer(_OWN_FILES)
    words = " ".join(_literal(_described(offer)) for offer in found)
    return Answer(f"local -a _xchange_found; _xchange_found=({words}); _describe -V xchange _xchange_found")


def _described(offer: Offer) -> str:
    value = offer.value.replace("\\", r"\\").replace(":", r"\:")
    return f"{value}:{offer.about}" if offer.about else value


def _literal(text: str) -> str:
    return "$'" + _SPECIAL.sub(lambda special: f"\\x{ord(special[0]):02x}", text) + "'"


ZSH = Shell(_read, _write)
