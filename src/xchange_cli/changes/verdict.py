"""What a new version means for those who have the integration deployed, in short."""

from typing import NamedTuple

from xchange_cli.changes.change import ChangeSet, Concern
from xchange_cli.changes.grade import Grade


class Verdict(NamedTuple):
    """`grade` is the worst of all changes, None where nothing changed: an approval does not spare anybody the change.

    `concerns` are those of the breaking changes, in the order of `Concern`, each with what it is about: config variables,
    flows, keys of state. `looks` counts the risky changes. `is_approved` tells that somebody approved all of both,
    `is_new` that there was no integration before.
    """

    grade: Grade | None
    concerns: tuple[tuple[Concern, tuple[str, ...]], ...]
    looks: int
    is_approved: bool = False
    is_new: bool = False


def verdict(change_set: ChangeSet) -> Verdict:
    graded = [change for change in change_set.changes if change.grade is not Grade.SAFE]
    breaking = [change for change in graded if change.grade is Grade.BREAKING]
    about = {
        concern: tuple(dict.fromkeys(change.subject for change in breaking if change.concern is concern))
        for concern in Concern
    }
    return Verdict(
        change_set.grade,
        tuple((concern, subjects) for concern, subjects in about.items() if subjects),
        sum(change.grade is Grade.RISKY for change in graded),
        bool(graded) and all(change.approved is not None for change in graded),
        bool(change_set.changes) and not change_set.old,
    )
