"""PowerShell: it inserts what it is given, so what has blanks stands between quotation marks."""

import re
from collections.abc import Mapping, Sequence

from xchange_cli.cli.completion.offers import Offer
from xchange_cli.cli.completion.shell import Answer, Shell
from xchange_cli.cli.completion.typed import Line, Word, line_of, word_of

_PLAIN = re.compile(r"[\w./:=+-]*")


def _read(environment: Mapping[str, str]) -> Line:
    """The line may end behind the word that is completed, or before the blank behind which that one begins."""
    line = line_of(environment.get("_TYPER_COMPLETE_ARGS", ""))
    current = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    if not current and line.current.raw:
        return Line((*line.words, line.current.text), Word(""))
    return line._replace(current=word_of(current))


def _write(_environment: Mapping[str, str], _line: Line, found: Sequence[Offer]) -> Answer:
    return Answer("\n".join(f"{_quoted(offer.value)}:::{offer.about or ' '}" for offer in found))


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


POWERSHELL = Shell(_read, _write)
