"""docs/changes.md: every kind of change with its grades and an example, made of the table of kinds and its cases."""

from collections.abc import Iterator

from docs.markdown import block, page, prose, table
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.kind import Case, ChangeKind
from xchange_cli.changes.table import kinds
from xchange_cli.changes.words.lines import line_difference

_INTRODUCTION = """\
`xchange diff` tells what changed in meaning, not in text. Each change has one of these ids, and a grade for those who
have the integration deployed."""
_GRADES = {
    Grade.BREAKING: "Somebody has to act, or loses something: a value, a request, what was kept.",
    Grade.RISKY: "It may do something else than they expect.",
    Grade.SAFE: "Nobody notices.",
}
_ABOUT_EXAMPLES = """\
The lines show what the example changes in a file (`-` before, `+` after), and below them what `xchange diff` says."""
_GROUPS = {
    PartKind.INTEGRATION: "The integration",
    PartKind.CONFIG_VAR: "Config variables and connections",
    PartKind.PAGE: "Config pages",
    PartKind.ELEMENT: "Config pages",
    PartKind.FLOW: "Flows",
    PartKind.STEP: "Steps",
    PartKind.BRANCH: "Branches",
}


def change_page() -> str:
    grades = table(
        ("Grade", "What it says"), ((f"**{grade.word}**", text) for grade, text in _GRADES.items())
    )
    return page("# Changes", _INTRODUCTION, grades, *_tables(), "## Examples", _ABOUT_EXAMPLES, *_examples())


def _tables() -> Iterator[str]:
    for group in dict.fromkeys(_GROUPS.values()):
        rows = [
            (f"[`{kind.id}`](#{kind.id})", _words(kind.grades), prose(kind.sentence))
            for kind in kinds()
            if _group(kind) == group
        ]
        if rows:
            yield f"## {group}"
            yield table(("Change", "Grade", "What happened"), rows)


def _examples() -> Iterator[str]:
    for kind in sorted(kinds(), key=lambda kind: kind.id):
        yield f"### `{kind.id}`"
        yield from (_example(kind, case) for case in kind.cases)


def _example(kind: ChangeKind, case: Case) -> str:
    grade = kind.grades[0] if case.grade is None else case.grade
    said = f"{grade.word}: {prose(case.message)}"
    lines = _lines(case)
    return f"{block(lines, 'diff')}\n{said}" if lines else said


def _lines(case: Case) -> str:
    """Give the lines of the case; what leads from another file than the base is what that one has instead."""
    edits = [(_new_text(case.before, old), new) for old, new in case.edits]
    left = [(after, old) for old, after in case.before if old not in dict(case.edits)]
    return "".join(_marked(old, new) for old, new in (*edits, *left))


def _new_text(edits: tuple[tuple[str, str], ...], text: str) -> str:
    return dict(edits).get(text, text)


def _marked(old: str, new: str) -> str:
    """Compare two pieces line by line, both moved to the left alike."""
    margin = min(
        (len(line) - len(line.lstrip()) for line in f"{old}\n{new}".split("\n") if line.strip()), default=0
    )
    was, now = ("\n".join(line[margin:] for line in text.split("\n")) for text in (old, new))
    return "".join(f"{line.mark} {line.text}".rstrip() + "\n" for line in line_difference(was, now))


def _words(grades: tuple[Grade, ...]) -> str:
    return ", ".join(grade.word for grade in sorted(grades, reverse=True))


def _group(kind: ChangeKind) -> str:
    _, part, _ = kind.on[0]
    return _GROUPS[part]
