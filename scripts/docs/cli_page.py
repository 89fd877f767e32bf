"""docs/cli.md: the help of each command, as the program prints it at 80 columns, and a session that happens."""

import contextlib
import io
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer

from docs.markdown import block, page
from docs.sessions import ROOT, sessions
from xchange_cli.cli.app import PROGRAM, app, run

PAGE = ROOT / "docs" / "cli.md"

_PLAIN = {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}
_STYLING = re.compile(r"\x1b\[[0-9;]*m")


_INTRODUCTION = """\
What `xchange --help` and `xchange COMMAND --help` print. Below that, the commands are at work in a copy of
[`examples/order-intake`](../examples/order-intake): what is shown there has happened so."""


def cli_page() -> str:
    """Raise SessionError where a session does not go as it should."""
    happened = sessions(_text(PAGE))
    parts = [block(_help(), "text"), *_commands(typer.main.get_command(app), happened)]
    return page("# Commands", _INTRODUCTION, *parts)


def _commands(group: object, happened: Mapping[str, str], *above: str) -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        words = (*above, name)
        yield f"{'#' * (len(words) + 1)} {' '.join((PROGRAM, *words))}"
        yield block(_help(*words), "text")
        if session := happened.get("-".join(words)):
            yield block(session, "console")
        yield from _commands(command, happened, *words)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _help(*command: str) -> str:
    out = io.StringIO()
    with _environment(_PLAIN), contextlib.redirect_stdout(out):
        run([*command, "--help"])
    lines = [line.rstrip() for line in _STYLING.sub("", out.getvalue()).splitlines()]
    return "\n".join(lines).strip("\n")


@contextlib.contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
