"""docs/cli.md: the help of each command, as the program prints it on a terminal of 80 columns."""

import contextlib
import io
import os
import re
from collections.abc import Iterator, Mapping

import typer

from docs.markdown import block, page
from xchange_cli.cli.app import PROGRAM, app, run

_PLAIN = {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}
_STYLING = re.compile(r"\x1b\[[0-9;]*m")


def cli_page() -> str:
    parts = [block(_help(), "text"), *_commands(typer.main.get_command(app))]
    return page("# Commands", "What `xchange --help` and `xchange COMMAND --help` print.", *parts)


def _commands(group: object, *above: str) -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        words = (*above, name)
        yield f"{'#' * (len(words) + 1)} {' '.join((PROGRAM, *words))}"
        yield block(_help(*words), "text")
        yield from _commands(command, *words)


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
