"""What `validate` found, a finding a line, and a last line that sums up (schemas/validate-line.schema.json)."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json_line
from xchange_cli.formats.validate_json import result_data
from xchange_cli.validation.result import ValidationResult


def render(result: ValidationResult, out: TextIO) -> None:
    """Without the last line the output is not complete."""
    summary = result_data(result)
    for finding in summary.pop("findings"):
        write_json_line({"event": "finding", **finding}, out)
    write_json_line({"event": "summary", **summary}, out)
