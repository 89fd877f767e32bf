"""The documentation of one rule for programs: `xchange.rule/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.pages import Page


def render(page: Page, out: TextIO) -> None:
    data = {
        "schema": "xchange.rule/1",
        "rule": page.slug,
        "severity": page.severity.value,
        "summary": page.summary,
        "of": page.origin,
        "documentation": page.documentation,
        "examples": list(page.examples),
    }
    write_json(data, out)
