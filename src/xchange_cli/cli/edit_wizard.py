"""Asks on a terminal what `xchange edit` is to change, with what the file says as the answer that is offered."""

import sys

import typer

from xchange_cli.authoring.details import DetailsWish, require_text
from xchange_cli.authoring.labels import LabelWish, labels_of, normal_labels
from xchange_cli.errors import XchangeError
from xchange_cli.project.integration_file import IntegrationFile

_NONE = "-"


def asked(file: IntegrationFile) -> DetailsWish:
    """Ask for name, description, category and labels; what is answered as offered is not touched."""
    sys.stderr.write(f"{file.name}: Enter keeps what is there, {_NONE} empties it.\n")
    name = _changed(file, "name")
    description = _changed(file, "description")
    category = _changed(file, "category")
    return DetailsWish(name, description, category, labels=_labels(file))


def _changed(file: IntegrationFile, key: str) -> str | None:
    node = file.root.text(key)
    today = node.value if node is not None else ""
    if "\n" in today:  # no answer on one line could keep it
        return None
    while True:
        answer = _ask(key.capitalize(), today)
        try:
            require_text(key, answer)
        except XchangeError as error:
            sys.stderr.write(f"{error.message}. {error.hint}\n")
        else:
            return None if answer == today else answer


def _labels(file: IntegrationFile) -> LabelWish:
    today = tuple(node.value for node in labels_of(file.root))
    answer = _ask("Labels, with commas between them", ", ".join(today))
    wanted = normal_labels(label for label in answer.split(",") if label.strip())
    there = normal_labels(filter(str.strip, today))
    return LabelWish(
        tuple(one for one in wanted if one not in there), tuple(one for one in there if one not in wanted)
    )


def _ask(question: str, today: str) -> str:
    from rich.console import Console
    from rich.markup import escape
    from rich.prompt import Prompt

    from xchange_cli.formats.cells import showable

    shown = f"{question} ({escape(showable(today))})" if today else question
    console = Console(stderr=True, highlight=False)
    try:
        answer = Prompt.ask(shown, console=console, default=today, show_default=False)
    except EOFError as error:
        raise typer.Abort from error
    return "" if answer == _NONE else answer
