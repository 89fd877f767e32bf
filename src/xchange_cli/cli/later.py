"""Commands that are loaded when somebody asks for them: a run does not pay for what it takes to list components."""

import builtins
from importlib import import_module
from keyword import iskeyword
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup

from xchange_cli.cli.help_text import flowed
from xchange_cli.components.lazy import LazyMapping


class Command(NamedTuple):
    """A command or a group of commands, which stands under its name in the module of that name.

    Where Python has the word itself, such as `import`, both are named with `_` behind it; a `-` is `_` there. `panel` is its heading in the
    help. A module whose command is of a class of its own names it as KIND.
    """

    name: str
    panel: str

    @property
    def python_name(self) -> str:
        name = self.name.replace("-", "_")
        return f"{name}_" if iskeyword(name) or hasattr(builtins, name) else name


def group_of(*commands: Command) -> type[TyperGroup]:
    """Make a kind of group that has these commands, in this order."""
    by_name = {command.name: command for command in commands}

    class Later(TyperGroup):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            self.commands: Any = LazyMapping(by_name, _load)
            self.help = flowed(self.help or "")

        def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the terminal library's signature
            return list(self.commands)

    return Later


def _load(command: Command) -> Any:
    module = import_module(f"xchange_cli.cli.commands.{command.python_name}")
    found = getattr(module, command.python_name)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=command.name, rich_help_panel=command.panel)
    else:
        kind = getattr(module, "KIND", None)
        alone.command(command.name, rich_help_panel=command.panel, cls=kind)(found)
    return _readable(typer.main.get_group(alone).commands[command.name])


def _readable(command: Any) -> Any:
    """Make the help of a command, and of those below it, fit for any width."""
    command.help = flowed(command.help or "")
    for below in getattr(command, "commands", {}).values():
        _readable(below)
    return command
