"""A kind of change, for terminals."""

from typing import TextIO

from xchange_cli.changes.kind import ChangeKind
from xchange_cli.formats.change_words import grade_words
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped


def render(kind: ChangeKind, out: TextIO) -> None:
    style = Style.of(out)
    out.write(f"{style.paint('bold', kind.id)} (a change that is {grade_words(kind)})\n\n")
    out.write(f"{wrapped(kind.sentence)}\n\n")
    out.write(f"{style.paint('bold', 'What `xchange diff` says')}\n")
    for case in kind.cases:
        grade = kind.grades[0] if case.grade is None else case.grade
        start = f"    {grade.word}".ljust(14)
        out.write(f"{wrapped(case.message, start, ' ' * len(start))}\n")
