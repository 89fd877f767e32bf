"""What `validate` found, for programs: the contract `xchange.validate/1`."""

from typing import Any, TextIO

from xchange_cli.formats.finding_data import finding
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.known_data import asked_for
from xchange_cli.validation.result import SetVerdict, ValidationResult


def render(result: ValidationResult, out: TextIO) -> None:
    write_json(result_data(result), out)


def result_data(result: ValidationResult) -> dict[str, Any]:
    return {
        "schema": "xchange.validate/1",
        "ok": result.ok,
        "checked": {
            "files": result.files,
            "flows": result.flows,
            "steps": result.steps,
            "configSets": result.config_sets,
            "payloads": result.payloads,
            "flowTests": result.flow_tests,
            "projectFiles": result.project_files,
            "rules": result.rules,
            "seconds": round(result.seconds, 3),
        },
        "findings": [finding(found) for found in result.listed],
        "matrix": [_verdict(verdict) for verdict in result.matrix],
        "fixed": [finding(found) for fix in result.fixes for found in fix.fixed],
        "fixable": {"safe": result.fixable.safe, "unsafe": result.fixable.unsafe},
        **asked_for(result),
    }


def _verdict(verdict: SetVerdict) -> dict[str, Any]:
    return {
        "integration": verdict.integration,
        "file": verdict.file,
        "configSet": verdict.config_set,
        "severity": verdict.severity.value if verdict.severity else None,
        "errors": verdict.errors,
        "warnings": verdict.warnings,
        "notes": verdict.notes,
        "base": verdict.lacks_values,
    }
