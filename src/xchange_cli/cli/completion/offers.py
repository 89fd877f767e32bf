"""What may stand where the cursor is: commands, options, or values of the option or argument that is due."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.cli.completion.typed import Line

_GIVEN = "COMMANDLINE"


class Offer(NamedTuple):
    """A whole word, and a few words about it."""

    value: str
    about: str = ""


def offers(command: Any, line: Line, *, is_described: bool) -> list[Offer]:
    """Give what fits the beginning of the current word; `is_described` tells whether anybody sees the descriptions."""
    return [*_offers(command, line, is_described=is_described)]


def _offers(command: Any, line: Line, *, is_described: bool) -> Iterator[Offer]:
    commands = getattr(command, "commands", None)
    if commands is None:
        yield from _of_parameters(command, line)
        return
    name = line.words[0] if line.words else ""
    default = commands.get(getattr(command, "default", ""))
    if name in commands:
        yield from _offers(commands[name], line._replace(words=line.words[1:]), is_described=is_described)
    elif name:
        yield from _of_parameters(default, line) if default else ()
    else:
        yield from _commands(commands, line.current.text, is_described=is_described)
        yield from _of_parameters(default or command, line)


def _commands(commands: Mapping[str, Any], beginning: str, *, is_described: bool) -> Iterator[Offer]:
    for name in commands:
        if name.startswith(beginning):
            yield Offer(name, commands[name].get_short_help_str(60) if is_described else "")


def _of_parameters(command: Any, line: Line) -> Iterator[Offer]:
    options = {name: one for one in command.params if one.param_type_name == "option" for name in one.opts}
    current, words = line.current.text, list(line.words)
    may_be_option = "--" not in words
    name, is_joined, value = current.partition("=")
    if may_be_option and is_joined and name in options:
        context = _context(command, [*words, *line.after])
        yield from _values(options[name], context, value, f"{name}=")
    elif may_be_option and words and _wants_value(options.get(words[-1]), words[-1]):
        context = _context(command, [*words[:-1], *line.after])
        yield from _values(options[words[-1]], context, current)
    elif may_be_option and current.startswith("-"):
        yield from _options(options, _context(command, [*words, *line.after]), current)
    else:
        context = _context(command, words)
        argument = next((one for one in command.params if _is_due(one, context)), None)
        yield from _values(argument, context, current) if argument else ()


def _context(command: Any, words: list[str]) -> Any:
    """Read the words as far as they make sense; nothing is called for them."""
    return command.make_context(command.name, words, resilient_parsing=True)


def _wants_value(option: Any, name: str) -> bool:
    from xchange_cli.cli.optional_value import BARE

    return option is not None and not option.is_flag and not option.count and name not in BARE


def _is_given(parameter: Any, context: Any) -> bool:
    source = context.get_parameter_source(parameter.name)
    return source is not None and source.name == _GIVEN


def _is_due(parameter: Any, context: Any) -> bool:
    is_argument = parameter.param_type_name == "argument"
    return is_argument and (parameter.nargs == -1 or not _is_given(parameter, context))


def _options(options: Mapping[str, Any], context: Any, beginning: str) -> Iterator[Offer]:
    for name, option in options.items():
        if (
            name.startswith(beginning)
            and not option.hidden
            and (option.multiple or not _is_given(option, context))
        ):
            yield Offer(name, option.help or "")


def _values(parameter: Any, context: Any, beginning: str, head: str = "") -> Iterator[Offer]:
    try:
        items = parameter.shell_complete(context, beginning)
    except Exception:  # noqa: BLE001 - what is wrong with a project is told by commands, not in the middle of typing
        return
    for item in items:
        yield Offer(f"{head}{item.value}", item.help or "")
