"""Options whose value may be left out: `--allow-writes` and `--allow-writes=PATTERN`.

The terminal library has none: it would take the next argument for the value. So a bare option gets its value before
the arguments are parsed.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand

from xchange_cli.cli.guard import USAGE_ERROR
from xchange_cli.wire.guard import EVERYTHING

ALLOW_WRITES = "--allow-writes"

BARE = {ALLOW_WRITES: EVERYTHING}
"""What an option means without a value."""


class OptionalValues(TyperCommand):
    """A command some of whose options may go without their value; others are not touched."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {name for parameter in self.params for name in parameter.opts}
        options = own & BARE.keys()
        given = list(args)
        try:
            return super().parse_args(ctx, list(with_values(given, options)))
        except USAGE_ERROR as error:
            for meant in _joined(given, options):
                if self._is_right(ctx, meant.arguments, options):
                    raise typer.BadParameter(f"write {meant.written}, without a blank", ctx=ctx) from error
            raise

    def _is_right(self, ctx: Any, args: list[str], options: Iterable[str]) -> bool:
        try:
            super().parse_args(ctx, list(with_values(args, options)))
        except USAGE_ERROR:
            return False
        return True


def with_values(arguments: Iterable[str], options: Iterable[str]) -> Iterator[str]:
    """Give bare options their value; behind `--` there are no options."""
    known = frozenset(options)
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            yield argument
            yield from rest
            return
        yield f"{argument}={BARE[argument]}" if argument in known else argument


class _Joined(NamedTuple):
    arguments: list[str]
    written: str


def _joined(arguments: list[str], options: Iterable[str]) -> Iterator[_Joined]:
    """Yield the arguments with a bare option and the word behind it made one, for each such pair."""
    known = frozenset(options)
    for place, (option, word) in enumerate(pairwise(arguments)):
        if option == "--":
            return
        if option in known and not word.startswith("-"):
            written = f"{option}={word}"
            yield _Joined([*arguments[:place], written, *arguments[place + 2 :]], written)


def _not_empty(patterns: list[str] | None) -> list[str] | None:
    """Refuse `--allow-writes=`, which most likely had a variable of the shell in it."""
    if patterns and not all(patterns):
        raise typer.BadParameter("the pattern is empty")
    return patterns


def allow_writes_option(panel: str | None = None) -> Any:
    """Make `--allow-writes[=PATTERN]`, a list of texts; its command has to be of the class OptionalValues."""
    return typer.Option(
        ALLOW_WRITES,
        metavar="[=PATTERN]",
        help="Let steps change remote systems: all, or those whose host, step or connection matches a pattern such "
        "as *.acme.test. May be repeated. This machine is always allowed.",
        show_default=False,
        rich_help_panel=panel,
        callback=_not_empty,
    )
