"""What `validate` found, for people."""

from typing import TextIO

from xchange_cli.formats import findings_text, fixes_text, known_text, matrix_text, statistics_text
from xchange_cli.formats.style import Style
from xchange_cli.formats.tally import tally
from xchange_cli.validation.result import ValidationResult


def render(result: ValidationResult, out: TextIO) -> None:
    style = Style.of(out)
    if result.counts is None:
        findings_text.render(result.listed, out, marks_fixes=True)
    else:
        out.writelines(statistics_text.lines(result.counts, style))
    if result.set_checks:
        out.writelines(f"{line}\n" for line in matrix_text.lines(result.matrix, style))
        out.write("\n")
    out.write(f"{tally(result, style)}\n")
    out.writelines(f"{line}\n" for line in known_text.lines(result.baseline))
    out.writelines(f"{line}\n" for line in fixes_text.lines(result))
