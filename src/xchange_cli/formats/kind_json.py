"""A kind of change for programs: `xchange.change-kind/1`."""

from typing import TextIO

from xchange_cli.changes.kind import ChangeKind
from xchange_cli.formats.json_text import write_json


def render(kind: ChangeKind, out: TextIO) -> None:
    examples = [
        {"grade": (kind.grades[0] if case.grade is None else case.grade).word, "message": case.message}
        for case in kind.cases
    ]
    data = {
        "schema": "xchange.change-kind/1",
        "kind": kind.id,
        "grades": [grade.word for grade in sorted(kind.grades, reverse=True)],
        "summary": kind.sentence,
        "examples": examples,
    }
    write_json(data, out)
