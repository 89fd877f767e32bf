"""What `validate` found, as SARIF 2.1.0: for code scanning and for viewers in editors."""

from typing import Any, TextIO

from xchange_cli import __version__
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.sarif_fix import fix_data
from xchange_cli.formats.sarif_place import ROOT, location, message, related_location
from xchange_cli.formats.sarif_rule import LEVELS, described
from xchange_cli.validation.pages import pages
from xchange_cli.validation.result import ValidationResult

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "xchange/v1"


def render(result: ValidationResult, out: TextIO) -> None:
    write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result)]}, out)


def _run(result: ValidationResult) -> dict[str, Any]:
    """Only rules that found something are described: a viewer asks for no others."""
    slugs = sorted({found.rule for found in result.diagnostics})
    known = {page.slug: page for page in pages(result.house)}
    driver = {
        "name": "xchange",
        "semanticVersion": __version__,
        "rules": [described(slug, known.get(slug)) for slug in slugs],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not result.has_unreadable}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which the check ran."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(found, slugs.index(found.rule)) for found in result.diagnostics],
    }


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": rule,
        "level": LEVELS[found.severity],
        "message": message(f"{found.message}. {found.hint}" if found.hint else found.message),
        "locations": [location(found)],
    }
    if found.fingerprint:
        data["partialFingerprints"] = {FINGERPRINT: found.fingerprint}
    if found.related:
        data["relatedLocations"] = [related_location(*pair) for pair in enumerate(found.related, start=1)]
    fixes = [fix_data(fix) for fix in found.fixes if fix.edits]
    if fixes:
        data["fixes"] = fixes
    return data
