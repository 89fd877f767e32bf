"""What differs, for programs: `xchange.diff/1`."""

from typing import Any, TextIO

from xchange_cli.changes.change import Change
from xchange_cli.formats.change_words import GRADES, sentences
from xchange_cli.formats.error_data import data_of
from xchange_cli.formats.json_text import write_json
from xchange_cli.release.comparing.compared import Compared, Differences
from xchange_cli.source import Position, Span


def render(differences: Differences, out: TextIO) -> None:
    write_json(
        {
            "schema": "xchange.diff/1",
            "looked": differences.looked,
            "otherForm": list(differences.other_form),
            "integrations": [compared_data(one) for one in differences.compared],
            "errors": [data_of(error) for error in differences.troubles],
        },
        out,
    )


def compared_data(one: Compared) -> dict[str, Any]:
    """Give one integration; `configSets` only where somebody asked for them."""
    change_set = one.change_set
    data: dict[str, Any] = {
        "key": change_set.key,
        "old": change_set.old or None,
        "new": change_set.new or None,
        "grade": change_set.grade.word if change_set.grade is not None else None,
        "verdict": list(sentences(one.verdict)) if change_set.changes else [],
        "approved": one.verdict.is_approved,
        "counts": {grade.word: change_set.count(grade) for grade in GRADES},
        "changes": [change_data(change) for change in change_set.changes],
    }
    if one.errors is not None:
        data["errors"] = one.errors
    if one.impacts is not None:
        data["configSets"] = [
            {
                "name": impact.set_name,
                "outcome": impact.outcome.name.lower(),
                "needed": list(impact.needed),
                "changes": [change.fingerprint for change in impact.changes],
            }
            for impact in one.impacts
        ]
    return data


def change_data(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "grade": change.grade.word,
        "reason": change.reason,
        "message": change.message,
        "concern": change.concern.value,
        "subject": change.subject,
        "flow": change.flow or None,
        "step": change.step or None,
        "path": list(change.path),
        "old": _side(change.old_span, change.old_text),
        "new": _side(change.new_span, change.new_text),
        "lines": [{"mark": line.mark, "text": line.text} for line in change.lines],
        "fingerprint": change.fingerprint,
        "approved": change.approved,
    }


def _side(span: Span | None, text: str | None) -> dict[str, Any] | None:
    """Give a place, and what is there where that can be shown in short; None where the side has no place."""
    if span is None:
        return None
    return {
        "file": span.source.name,
        "start": _position(span.first),
        "end": _position(span.last),
        "text": text,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
