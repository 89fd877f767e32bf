"""Options that several commands share, each spelled once."""

from typing import Any

import typer

from xchange_cli import formats

_WIDTH = 24
"""Characters of choices that fit beside an option at 80 columns."""


def output_option(subject: str) -> Any:
    """Make `--output`; its choices are the formats that can show the subject."""
    names = formats.names(subject)
    choices = "|".join(names)
    is_short = len(choices) <= _WIDTH

    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(names)}")
        return value

    return typer.Option(
        "--output",
        "-o",
        metavar=choices if is_short else "FORMAT",
        help="How to show the result." if is_short else f"How to show the result: {', '.join(names)}.",
        callback=known,
        autocompletion=lambda: list(names),
    )


def not_empty(context: typer.Context, param: typer.CallbackParam, value: str) -> str:
    """Refuse an option that is there with nothing in it, such as `--sign "$KEYFILE"` of a variable that is not set."""
    source = context.get_parameter_source(param.name or "")
    if not value and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter("it is empty; leave the option out, or set what it is made of")
    return value


def wants_json(arguments: list[str]) -> bool:
    """Tell whether the output was asked for as JSON, even where the arguments make no sense otherwise.

    Of several `--output` the last one counts.
    """
    output = ""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            break
        name, separator, value = argument.partition("=")
        if name == "--output":
            output = value if separator else next(rest, "")
        elif argument.startswith("-o"):
            output = argument[2:].removeprefix("=") or next(rest, "")
    return output.startswith("json")
