"""The documentation of one rule for programs: `xchange.rule/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.pages import Page


def render(page: Page, out: TextIO) -> None:
    write_json({"schema": "xchange.rule/1", **page_data(page)}, out)


def page_data(page: Page) -> dict[str, Any]:
    return {
        "rule": page.slug,
        "severity": page.severity.value,
        "summary": page.summary,
        "of": page.origin,
        "fixable": page.fixable,
        "documentation": page.documentation,
        "examples": list(page.examples),
    }
