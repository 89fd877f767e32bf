"""Outcomes of calls as fields of a line, and back."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionResult, FlowCall, LogLine
from xchange_cli.engine.events import Done, Failed, Outcome

_DEFAULTS = tuple(zip(ActionResult._fields, ActionResult(), strict=True))
_FAILED_DEFAULTS = {"input_key": "", "offset": None, "is_final": False}


def outcome_fields(outcome: Outcome) -> dict[str, Any]:
    """Give `result` or `failed`, without what has its default, and what was said."""
    fields: dict[str, Any]
    if isinstance(outcome, Done):
        fields = {"result": _result_fields(outcome.result)}
    else:
        told = {"kind": outcome.kind, "message": outcome.message}
        more = {key: getattr(outcome, key) for key in _FAILED_DEFAULTS}
        fields = {"failed": told | {key: more[key] for key in more if more[key] != _FAILED_DEFAULTS[key]}}
    if outcome.logs:
        fields["logs"] = [list(line) for line in outcome.logs]
    if outcome.warnings:
        fields["warnings"] = list(outcome.warnings)
    return fields


def _result_fields(result: ActionResult) -> dict[str, Any]:
    fields = {
        key: value
        for (key, default), value in zip(_DEFAULTS, result, strict=True)
        if value is not default and (key != "wait" or value)
    }
    call = result.call
    if call is not None:
        fields["call"] = call._asdict()
    return fields


def outcome_of(fields: Mapping[str, Any]) -> Outcome:
    """Make the outcome again.

    Raises:
        LookupError, TypeError, ValueError: the fields are not those of an outcome.

    """
    logs = tuple(LogLine(level, message) for level, message in fields.get("logs", ()))
    warnings = tuple(fields.get("warnings", ()))
    if "result" in fields:
        result = dict(fields["result"])
        if "call" in result:
            result["call"] = FlowCall(**result["call"])
        return Done(ActionResult(**result), logs, warnings)
    failed = dict(fields["failed"])
    return Failed(failed.pop("kind"), failed.pop("message"), logs, warnings, **failed)
