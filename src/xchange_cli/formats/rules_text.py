"""All rules in a table."""

from collections.abc import Sequence
from typing import TextIO

from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import count
from xchange_cli.validation.pages import Page


def render(pages: Sequence[Page], out: TextIO) -> None:
    rows = [(page.slug, page.severity.value, page.summary) for page in pages]
    out.writelines(table(("RULE", "SEVERITY", "WHAT IT REPORTS"), rows, Style.of(out)))
    out.write(f"\n{count(len(rows), 'rule')}; `xchange explain RULE` tells more about one.\n")
