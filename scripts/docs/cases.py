"""A rule's cases as a reader sees them: the YAML with marked places, and what `xchange validate` prints."""

import io
from textwrap import dedent

from docs.markdown import block
from xchange_cli.components.catalog import Catalog
from xchange_cli.formats import findings_text
from xchange_cli.source import Source
from xchange_cli.validation.cases import caret_line, complete
from xchange_cli.validation.validate import validate

FILE = "integration.yml"


def valid_case(case: str) -> str:
    return block(dedent(case), "yaml")


def invalid_case(case: str, catalog: Catalog) -> str:
    """Show the case with its places marked, and the findings in words."""
    found = validate(Source(FILE, _without_carets(complete(case))), catalog).diagnostics
    out = io.StringIO()
    findings_text.render(found, out)
    return f"{block(_marked(case), 'yaml')}\n{block(out.getvalue(), 'text')}"


def _without_carets(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if caret_line(line.rstrip("\n")) is None)


def _marked(case: str) -> str:
    """Move the case to the left, its carets along; what the carets mean is told below it."""
    lines = case.rstrip("\n").split("\n")
    code = [line for line in lines if line.strip() and caret_line(line) is None]
    margin = min((len(line) - len(line.lstrip()) for line in code), default=0)
    return "\n".join(_mark(line, margin) for line in lines)


def _mark(line: str, margin: int) -> str:
    expected = caret_line(line)
    if expected is None:
        return line[margin:]
    column = expected.column - 1 - margin
    return f"#{' ' * (column - 1)}{'^' * expected.width}" if column > 0 else "# ↑"
