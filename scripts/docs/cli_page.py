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
    group = typer.main.get_command(app)
    parts = [block(_help(), "text")]
    for name in getattr(group, "commands", {}):
        parts += [f"## {PROGRAM} {name}", block(_help(name), "text")]
    return page("# Commands", "What `xchange --help` and `xchange COMMAND --help` print.", *parts)


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
