"""What differs, as workflow commands that GitHub shows beside the lines of a pull request.

GitHub takes the first few of a kind, so the worst come first; what is safe or approved is counted in one notice.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.grade import Grade
from xchange_cli.errors import XchangeError
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_words import counts, grade_word, sides
from xchange_cli.formats.diff_markdown import markdown
from xchange_cli.formats.diff_text import summary
from xchange_cli.formats.words import count
from xchange_cli.formats.workflow_command import ANNOTATED, annotation
from xchange_cli.release.comparing.compared import Compared, Differences

_KINDS = {Grade.BREAKING: "error", Grade.RISKY: "warning"}
_TITLE = "xchange diff"


def render(differences: Differences, out: TextIO) -> None:
    out.writelines(f"{_trouble(error)}\n" for error in differences.troubles)
    for grade, kind in _KINDS.items():
        for one in differences.compared:
            out.writelines(f"{line}\n" for line in _annotations(one.change_set, grade, kind))
    quiet = _quiet(differences)
    if quiet:
        out.write(f"{annotation('notice', _TITLE, quiet)}\n")
    if not differences.is_one:
        out.write(f"{summary(differences)}\n")
    out.writelines(f"{_verdict(one)}\n" for one in differences.compared)
    left = _not_annotated(differences)
    if left:
        out.write(
            f"GitHub annotates ten of a kind: {count(left, 'more change')} above, and in the job's summary.\n"
        )


def job_summary(differences: Differences) -> str:
    """Give Markdown for the summary of a job."""
    left = _not_annotated(differences)
    note = f"GitHub shows {ANNOTATED} annotations of a kind: the list below has {count(left, 'more change')}."
    return markdown(differences, *([note] if left else []))


def _annotations(change_set: ChangeSet, grade: Grade, kind: str) -> Iterator[str]:
    file = change_set.new or change_set.old
    for change in change_set.changes:
        if change.grade is grade and change.approved is None:
            yield annotation(kind, change.kind, _message(change), file=file, span=change.new_span)


def _trouble(error: XchangeError) -> str:
    file, line = (error.place.file, error.place.line) if error.place is not None else ("", 0)
    told = "\n".join(showable(text) for text in (error.message, error.hint) if text)
    return annotation("error", "not compared", told, file=file, line=line)


def _message(change: Change) -> str:
    names = (("flow", change.flow), ("step", change.step))
    where = ", ".join(f"{word} `{name}`" for word, name in names if name)
    told = [f"{where}: {change.message}" if where else change.message, change.reason]
    if change.old_span is not None:
        told.append(f"It was at {change.old_span.place}.")
    told.append(f"To approve it: --approve {change.fingerprint} --because …")
    return "\n".join(showable(line) for line in told if line)


def _quiet(differences: Differences) -> str:
    changes = [change for one in differences.compared for change in one.change_set.changes]
    approved = sum(change.approved is not None for change in changes)
    safe = sum(change.approved is None and change.grade is Grade.SAFE for change in changes)
    told = [
        count(number, thing)
        for number, thing in ((safe, "safe change"), (approved, "approved change"))
        if number
    ]
    return ", ".join(told)


def _verdict(one: Compared) -> str:
    old, new = map(showable, sides(one.change_set))
    changes = one.change_set.changes
    numbers = f" ({counts(changes)})" if changes else ""
    return f"{old} → {new}: {grade_word(one.change_set)}{numbers}"


def _not_annotated(differences: Differences) -> int:
    """Count the changes that are more than GitHub shows beside the lines of a pull request."""
    numbers: Counter[Grade] = Counter()
    for grade in _KINDS:
        numbers[grade] = sum(1 for change in differences.open_changes(grade) if change.grade is grade)
    return sum(max(0, number - ANNOTATED) for number in numbers.values())
