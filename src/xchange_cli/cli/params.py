"""Options that several commands share, each spelled once."""

from typing import Any

import typer

from xchange_cli import formats


def output_option(subject: str) -> Any:
    """Make `--output`; its choices are the formats that can show the subject."""
    names = formats.names(subject)

    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(names)}")
        return value

    return typer.Option(
        "--output",
        "-o",
        metavar="|".join(names),
        help="How to show the result.",
        callback=known,
        autocompletion=lambda: list(names),
    )


def wants_json(arguments: list[str]) -> bool:
    """Tell whether the output was asked for as JSON, even where the arguments make no sense otherwise."""
    for position, argument in enumerate(arguments):
        if argument == "--":
            return False
        name, separator, value = argument.partition("=")
        if name in {"--output", "-o"}:
            following = arguments[position + 1] if position + 1 < len(arguments) else ""
            return (value if separator else following).startswith("json")
        if argument.startswith("-o"):
            return argument.startswith("-ojson")
    return False
