"""What a shell asks and how it is answered."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from xchange_cli.cli.completion.offers import Offer
from xchange_cli.cli.completion.typed import Line


class Answer(NamedTuple):
    text: str
    code: int = 0


class Shell(NamedTuple):
    """`read` takes the line from the environment that the shell's script sets, `write` writes what was found.

    `is_described` tells whether the shell shows descriptions.
    """

    read: Callable[[Mapping[str, str]], Line]
    write: Callable[[Mapping[str, str], Line, Sequence[Offer]], Answer]
    is_described: bool = True
