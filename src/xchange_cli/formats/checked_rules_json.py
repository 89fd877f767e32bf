"""How house rules did on their own cases, for programs: `xchange.checked-rules/1`."""

from typing import Any, TextIO

from xchange_cli.formats.finding_data import finding, range_of
from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.house.check import CheckedRule, CheckedRules, Difference, FailedCase


def render(checked: CheckedRules, out: TextIO) -> None:
    data = {
        "schema": "xchange.checked-rules/1",
        "ok": checked.ok,
        "rules": [_rule(rule) for rule in checked.rules],
        "findings": [finding(found) for found in checked.diagnostics],
    }
    write_json(data, out)


def _rule(rule: CheckedRule) -> dict[str, Any]:
    return {
        "rule": rule.slug,
        "file": rule.name.source.name,
        **range_of(rule.name),
        "valid": rule.valid,
        "invalid": rule.invalid,
        "failed": [_case(case) for case in rule.failed],
    }


def _case(case: FailedCase) -> dict[str, Any]:
    return {
        "kind": case.kind,
        "number": case.number,
        **range_of(case.span),
        "differences": [_difference(one) for one in case.differences],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {**range_of(one.span), "expected": one.expected, "got": one.got}
