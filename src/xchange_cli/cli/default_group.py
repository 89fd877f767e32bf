"""Groups of commands of which one is meant where none is named: `xchange runs` is `xchange runs list`."""

from typing import Any

from typer.core import TyperGroup


def default_group(command: str) -> type[TyperGroup]:
    """Make a kind of group whose `command` takes all words that begin with no other command's name."""

    class DefaultGroup(TyperGroup):
        default = command

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            first = args[0] if args else ""
            is_named = first in self.commands or first in ctx.help_option_names
            return super().parse_args(ctx, args if is_named else [command, *args])

    return DefaultGroup
