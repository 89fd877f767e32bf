"""All rules for programs: `xchange.rules/1`."""

from collections.abc import Sequence
from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.pages import Page


def render(pages: Sequence[Page], out: TextIO) -> None:
    rows = [
        {
            "rule": page.slug,
            "severity": page.severity.value,
            "summary": page.summary,
            "of": page.origin,
            "fixable": page.fixable,
        }
        for page in pages
    ]
    write_json({"schema": "xchange.rules/1", "rules": rows}, out)
