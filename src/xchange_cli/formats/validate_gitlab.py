"""What `validate` found, as GitLab's code quality report."""

from collections import Counter
from typing import Any, TextIO

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.result import ValidationResult

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: ValidationResult, out: TextIO) -> None:
    seen: Counter[str] = Counter()
    entries = []
    for found in result.diagnostics:
        seen[found.fingerprint] += 1
        entries.append(_entry(found, seen[found.fingerprint]))
    write_json(entries, out)


def _entry(found: Diagnostic, number: int) -> dict[str, Any]:
    """Describe a finding, the `number`th of its fingerprint: of equal ones GitLab would show only the first."""
    first, last = found.span.first, found.span.last
    return {
        "description": f"{found.message}. {found.hint}" if found.hint else found.message,
        "check_name": found.rule,
        "fingerprint": found.fingerprint if number == 1 else f"{found.fingerprint}-{number}",
        "severity": _SEVERITIES[found.severity],
        "location": {
            "path": found.span.source.name,
            "positions": {
                "begin": {"line": first.line, "column": first.column},
                "end": {"line": last.line, "column": last.column},
            },
        },
    }
