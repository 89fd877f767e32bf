"""What `validate` found, for people."""

from typing import TextIO

from xchange_cli.formats import findings_text
from xchange_cli.formats.style import Style
from xchange_cli.formats.tally import tally
from xchange_cli.validation.result import ValidationResult


def render(result: ValidationResult, out: TextIO) -> None:
    findings_text.render(result.diagnostics, out)
    out.write(f"{tally(result, Style.of(out))}\n")
