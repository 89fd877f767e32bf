"""What SARIF tells about a rule, so that a viewer can explain its findings."""

from textwrap import dedent
from typing import Any

from xchange_cli.diagnostics import Severity
from xchange_cli.formats.page_markdown import documentation
from xchange_cli.validation.pages import Page

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def described(slug: str, page: Page | None) -> dict[str, Any]:
    """Describe a rule; of one without a page there is nothing but its name."""
    if page is None:
        return {"id": slug}
    return {
        "id": slug,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": _what_it_checks(page)},
        "help": {"text": page.documentation, "markdown": documentation(page)},
        "defaultConfiguration": {"level": LEVELS[page.severity]},
    }


def _what_it_checks(page: Page) -> str:
    """Give the text of the first section, else the summary."""
    _, _, section = page.documentation.partition("\n\n")
    _, _, text = section.partition("\n\n")[0].partition("\n")
    return " ".join(dedent(text).split()) or page.summary
