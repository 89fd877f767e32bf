"""What was found by comparison with a version, and the verdict that a manifest keeps of it."""

from typing import NamedTuple

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.grade import Grade
from xchange_cli.registry.verdict import GradedChange, Verdict
from xchange_cli.release.one_line import one_line
from xchange_cli.validation.hidden_tokens import without_tokens_in

_MOST_CHANGES = 100
"""Changes in a manifest, which is read for every list of versions."""

_LONGEST = 300


class Compared(NamedTuple):
    """What is otherwise than in a version; None where nobody can tell, and `trouble` says why."""

    change_set: ChangeSet | None
    trouble: str = ""

    @property
    def grade(self) -> Grade | None:
        """The worst of all changes, also of approved ones; what nobody can tell counts as breaking."""
        if self.change_set is None:
            return Grade.BREAKING
        return max((change.grade for change in self.change_set.changes), default=None)


def verdict_in_manifest(found: Compared, against: int) -> Verdict | None:
    """Make what a manifest keeps; None where nobody can tell."""
    if found.change_set is None:
        return None
    change_set, grade = found.change_set, found.grade
    worst_first = sorted(change_set.changes, key=lambda change: -change.grade)
    return Verdict(
        against,
        None if grade is None else grade.word,
        (change_set.count(Grade.BREAKING), change_set.count(Grade.RISKY), change_set.count(Grade.SAFE)),
        tuple(map(_graded, worst_first[:_MOST_CHANGES])),
    )


def _graded(change: Change) -> GradedChange:
    return GradedChange(
        change.kind,
        change.grade.word,
        tuple(map(_short, change.path)),
        _short(change.message),
        change.fingerprint,
        None if change.approved is None else _short(without_tokens_in(change.approved)),
    )


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
