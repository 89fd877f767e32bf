"""Ways to mend a finding, as SARIF has them."""

from itertools import groupby
from typing import Any

from xchange_cli.diagnostics import Edit, Fix
from xchange_cli.formats.sarif_place import artifact, region

_WORDS = {
    True: "Mend it; the file keeps its meaning.",
    False: "Mend it, and look at what changed: the file may mean something else then.",
}


def fix_data(fix: Fix) -> dict[str, Any]:
    edits = sorted(fix.edits, key=_file)
    changes = [
        {"artifactLocation": artifact(file), "replacements": [_replacement(edit) for edit in of_file]}
        for file, of_file in groupby(edits, _file)
    ]
    return {"description": {"text": _WORDS[fix.safe]}, "artifactChanges": changes}


def _file(edit: Edit) -> str:
    return edit.span.source.name


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": region(edit.span), "insertedContent": {"text": edit.text}}
