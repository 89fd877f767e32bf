"""What differs, as workflow commands that GitHub shows beside the lines of a pull request.

GitHub takes the first few of a kind, so the worst come first; what is safe or approved is counted in one notice.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.grade import Grade
from xchange_cli.errors import XchangeError
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_groups import Told, steps, told_once
from xchange_cli.formats.change_words import counts, grade_word, sides, with_place
from xchange_cli.formats.diff_markdown import markdown
from xchange_cli.formats.diff_text import summary
from xchange_cli.formats.words import count
from xchange_cli.formats.workflow_command import ANNOTATED, annotation
from xchange_cli.release.comparing.compared import Compared, Differences

_KINDS = {Grade.BREAKING: "error", Grade.RISKY: "warning"}
_TITLE = "xchange diff"
_MOST_APPROVED = 10


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
    for told in _open(change_set, grade):
        yield annotation(kind, told[0].kind, _message(told), file=file, span=told[0].new_span)


def _open(change_set: ChangeSet, grade: Grade) -> Iterator[Told]:
    """Yield what is told of the changes of a grade that nobody approved."""
    return (
        told for told in told_once(change_set.changes) if told[0].grade is grade and told[0].approved is None
    )


def _trouble(error: XchangeError) -> str:
    file, line = (error.place.file, error.place.line) if error.place is not None else ("", 0)
    told = "\n".join(showable(text) for text in (error.message, error.hint) if text)
    return annotation("error", "not compared", told, file=file, line=line)


def _message(told: Told) -> str:
    change = told[0]
    if len(told) > 1:
        lines = [f"{change.message} ({steps(told)})", change.reason]
    else:
        lines = [with_place(change), change.reason]
        lines += [f"It was at {change.old_span.place}."] if change.old_span is not None else []
    wanted = " ".join(f"--approve {one.fingerprint}" for one in told[:_MOST_APPROVED])
    lines.append(f"To approve {'it' if len(told) == 1 else 'them'}: {wanted} --because …")
    if len(told) > _MOST_APPROVED:
        lines.append(f"The job's summary has {count(len(told) - _MOST_APPROVED, 'more fingerprint')}.")
    return "\n".join(showable(line) for line in lines if line)


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
        numbers[grade] = sum(1 for one in differences.compared for _ in _open(one.change_set, grade))
    return sum(max(0, number - ANNOTATED) for number in numbers.values())
