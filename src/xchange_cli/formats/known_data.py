"""What a baseline hides, and counts by rule, as the published contract has them."""

from typing import Any

from xchange_cli.validation.baseline import KnownFindings
from xchange_cli.validation.baseline_file import entry_data
from xchange_cli.validation.result import ValidationResult
from xchange_cli.validation.statistics import RuleCount


def asked_for(result: ValidationResult) -> dict[str, Any]:
    """Give the keys `baseline` and `statistics` where they were asked for."""
    data: dict[str, Any] = {}
    if result.baseline is not None:
        data["baseline"] = _known(result.baseline)
    if result.counts is not None:
        data["statistics"] = [_count(one) for one in result.counts]
    return data


def _known(known: KnownFindings) -> dict[str, Any]:
    return {"file": known.file, "hidden": known.hidden, "gone": [entry_data(entry) for entry in known.gone]}


def _count(one: RuleCount) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "count": one.number,
        "fixable": {"safe": one.safe, "unsafe": one.unsafe},
    }
