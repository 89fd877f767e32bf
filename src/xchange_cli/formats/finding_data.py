"""A finding as the published contracts have it."""

from typing import Any

from xchange_cli.diagnostics import Diagnostic, Fix, Related
from xchange_cli.source import Position, Span


def finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "hint": found.hint,
        "file": found.span.source.name,
        **range_of(found.span),
        "pointer": found.pointer,
        "flow": found.flow,
        "step": found.step,
        "related": [_related(related) for related in found.related],
        "fix": [_fix(fix) for fix in found.fixes],
        "fingerprint": found.fingerprint,
    }


def range_of(span: Span) -> dict[str, Any]:
    """Give `start` and `end`, 1-based; `end` is exclusive."""
    return {"start": _position(span.first), "end": _position(span.last)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _related(related: Related) -> dict[str, Any]:
    return {"file": related.span.source.name, **range_of(related.span), "message": related.message}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**range_of(edit.span), "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}
