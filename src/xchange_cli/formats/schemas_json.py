"""All JSON Schemas for programs: `xchange.schemas/1`."""

from collections.abc import Sequence
from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.schemas import About


def render(schemas: Sequence[About], out: TextIO) -> None:
    rows = [{"name": about.name, "title": about.title, "summary": about.summary} for about in schemas]
    write_json({"schema": "xchange.schemas/1", "schemas": rows}, out)
