"""Asks on a terminal for what no option of `xchange new` says."""

import sys
from pathlib import Path

import typer

from xchange_cli.authoring.blank import STARTS
from xchange_cli.authoring.given_details import Details
from xchange_cli.authoring.integration_keys import name_from, require_key
from xchange_cli.authoring.new_integration import Wish
from xchange_cli.authoring.new_place import free_place
from xchange_cli.authoring.origin import BLANK
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project


def may_ask() -> bool:
    """Tell whether somebody is there who can answer; questions go to standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked_key(project: Project, folder: Path) -> str:
    """Ask until the answer can be a key, and is not taken.

    Raises:
        XchangeError: as `place_for` does, since no answer would help then.

    """
    while True:
        key = _ask("Key, such as acme-orders")
        trouble = _trouble_with(key, project, folder)
        if trouble is None:
            return key
        sys.stderr.write(f"{trouble.message}. {trouble.hint}\n")


def completed(wish: Wish, trigger: str | None) -> Wish:
    """Ask for what the wish leaves open; of one that begins with another integration only the name."""
    details = wish.details
    if details.name is None:
        details = details._replace(name=_ask("Name", name_from(wish.key)))
    if wish.origin != BLANK:
        return wish._replace(details=details)
    details = _rest_of(details)
    if trigger is None:
        for word, when in STARTS.items():
            sys.stderr.write(f"  {word:<10}  {when}\n")
    return wish._replace(
        details=details,
        trigger=_ask("What starts it", wish.trigger, choices=list(STARTS)) if trigger is None else trigger,
    )


def _trouble_with(key: str, project: Project, folder: Path) -> XchangeError | None:
    try:
        require_key(key)
    except XchangeError as error:
        return error
    try:
        free_place(project, key, folder)
    except XchangeError as error:
        if error.code is not ErrorCode.CONFLICT:
            raise
        return error
    return None


def _rest_of(details: Details) -> Details:
    description, category, labels = details.description, details.category, details.labels
    if description is None:
        description = _ask("Description", "")
    if category is None:
        category = _ask("Category, such as CRM or ERP", "")
    if not labels:
        answers = _ask("Labels, with commas between them", "").split(",")
        labels = tuple(label.strip() for label in answers if label.strip())
    return details._replace(description=description, category=category, labels=labels)


def _ask(question: str, default: str | None = None, *, choices: list[str] | None = None) -> str:
    from rich.console import Console
    from rich.prompt import Prompt

    console = Console(stderr=True, highlight=False)
    try:
        if default is None:
            return Prompt.ask(question, console=console)
        return Prompt.ask(
            question, console=console, default=default, choices=choices, show_default=bool(default)
        )
    except EOFError as error:
        raise typer.Abort from error
