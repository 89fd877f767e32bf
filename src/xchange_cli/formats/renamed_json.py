"""What a renaming changed, for programs: `xchange.renamed/1`."""

from typing import Any, TextIO

from xchange_cli.diagnostics import Edit
from xchange_cli.formats.finding_data import finding, range_of
from xchange_cli.formats.json_text import write_json
from xchange_cli.renaming.result import Doubt, Renamed


def render(result: Renamed, out: TextIO) -> None:
    subject = result.subject
    document = {
        "schema": "xchange.renamed/1",
        "integration": result.key,
        "kind": subject.target.kind.value,
        "flow": subject.flow or None,
        "old": subject.old,
        "new": subject.new.name,
        "isWritten": result.is_written,
        "files": [
            {"file": file.source.name, "places": [_place(edit) for edit in file.places]}
            for file in result.files
        ],
        "doubts": [_doubt(doubt) for doubt in result.doubts],
        "findings": [finding(found) for found in result.findings],
    }
    write_json(document, out)


def _place(edit: Edit) -> dict[str, Any]:
    """Give the place in the old text, without the new text: that of a whole value could hold more than the name."""
    return range_of(edit.span)


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "file": doubt.span.source.name,
        **range_of(doubt.span),
        "certainty": doubt.certainty.value,
        "reason": doubt.reason,
    }
