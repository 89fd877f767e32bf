"""All JSON Schemas in a table."""

from collections.abc import Sequence
from typing import TextIO

from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import count
from xchange_cli.schemas import About


def render(schemas: Sequence[About], out: TextIO) -> None:
    rows = [(about.name, about.summary) for about in schemas]
    out.writelines(table(("SCHEMA", "WHAT IT DESCRIBES"), rows, Style.of(out)))
    out.write(f"\n{count(len(rows), 'schema')}; `xchange schema NAME` prints one.\n")
