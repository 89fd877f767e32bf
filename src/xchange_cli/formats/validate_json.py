"""What `validate` found, for programs: the contract `xchange.validate/1`."""

from typing import Any, TextIO

from xchange_cli.formats.finding_data import finding
from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.result import ValidationResult


def render(result: ValidationResult, out: TextIO) -> None:
    data: dict[str, Any] = {
        "schema": "xchange.validate/1",
        "ok": result.ok,
        "checked": {
            "files": result.files,
            "flows": result.flows,
            "steps": result.steps,
            "configSets": result.config_sets,
            "rules": result.rules,
            "seconds": round(result.seconds, 3),
        },
        "findings": [finding(found) for found in result.diagnostics],
    }
    write_json(data, out)
