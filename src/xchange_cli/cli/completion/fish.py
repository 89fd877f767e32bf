"""Fish: it quotes by itself, and asks twice: whether there is anything to offer instead of files, and what."""

from collections.abc import Mapping, Sequence

from xchange_cli.cli.completion.offers import Offer
from xchange_cli.cli.completion.shell import Answer, Shell
from xchange_cli.cli.completion.typed import FISH as FISH_QUOTES
from xchange_cli.cli.completion.typed import Line, line_of


def _read(environment: Mapping[str, str]) -> Line:
    return line_of(environment["_TYPER_COMPLETE_ARGS"], FISH_QUOTES)


def _write(environment: Mapping[str, str], _line: Line, found: Sequence[Offer]) -> Answer:
    if environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return Answer("", 0 if found else 1)
    return Answer(
        "\n".join(f"{offer.value}\t{offer.about}" if offer.about else offer.value for offer in found)
    )


FISH = Shell(_read, _write)
