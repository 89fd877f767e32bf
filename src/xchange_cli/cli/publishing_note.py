"""The note of a version: given by an option, or asked for on a terminal, with a proposal made of what has changed."""

import os
import sys
from typing import TYPE_CHECKING

from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from xchange_cli.release.publishing.note import Asked

STDIN = "-"
_EDIT = "e"
_EDITORS = ("VISUAL", "EDITOR")


def given_note(note: str | None, file: str) -> str:
    """Give what the options say; empty where they say nothing.

    Raises:
        XchangeError: USAGE when both are given, or when it holds a secret; what reading the file raises.

    """
    if note is not None and file:
        raise XchangeError(
            ErrorCode.USAGE, "--note and --note-file exclude each other", hint="Leave one out."
        )
    return _fit(_read(file) if file else note or "")


def asking(output: str) -> "Asked":
    """Give what asks for a note, of which nothing was said.

    Raises:
        XchangeError: USAGE when nobody is there to be asked.

    """
    from xchange_cli.cli.new_wizard import may_ask

    if output == "json" or not may_ask():
        raise XchangeError(
            ErrorCode.USAGE,
            "a version needs a note",
            hint="Say what has changed: --note TEXT, or --note-file FILE.",
        )
    return _asked


def _asked(proposal: str) -> str:
    """Ask until there is a note; an empty answer takes the proposal."""
    proposal = _proposable(proposal)
    may_edit = any(os.environ.get(name, "").strip() for name in _EDITORS)
    if proposal:
        from xchange_cli.formats.cells import showable
        from xchange_cli.formats.words import wrapped

        lines = (wrapped(showable(line), "  ") for line in proposal.split("\n"))
        sys.stderr.write("What has changed, as a note of the version:\n" + "\n".join(lines) + "\n")
    while True:
        note = _typed(proposal, may_edit=may_edit).strip()
        if proposal and may_edit and note == _EDIT:
            note = _edited(proposal)
        note = _fit(note or proposal)
        if note:
            return note


def _typed(proposal: str, *, may_edit: bool) -> str:
    import typer
    from rich.console import Console
    from rich.prompt import Prompt

    edit = f", {_EDIT} to edit it" if may_edit else ""
    question = f"Enter to take it{edit}, or another note" if proposal else "What has changed"
    console = Console(stderr=True, highlight=False)
    try:
        return Prompt.ask(question, console=console, default="", show_default=False)
    except EOFError as error:
        raise typer.Abort from error


def _edited(proposal: str) -> str:
    from xchange_cli.cli.editor import edited

    return edited(f"{proposal}\n", "note.txt", str.strip)


def _proposable(proposal: str) -> str:
    """Propose nothing that could not be taken."""
    try:
        return _fit(proposal)
    except XchangeError:
        return ""


def _fit(text: str) -> str:
    """Give a note without blanks at the ends of its lines.

    Raises:
        XchangeError: USAGE when it holds a secret.

    """
    from xchange_cli.release.versions.no_secrets import require_no_secret

    note = "\n".join(line.rstrip() for line in text.strip().splitlines())
    require_no_secret("the note", note)
    return note


def _read(name: str) -> str:
    from xchange_cli.cli.here import here
    from xchange_cli.source import Source

    if name == STDIN:
        return Source.decode("<stdin>", sys.stdin.buffer.read()).text
    return Source.read(here() / name, name, is_named=True).text
