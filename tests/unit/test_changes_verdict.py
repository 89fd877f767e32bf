"""The verdict: whom a new version concerns, and whether all of that is approved."""

from xchange_cli.changes.change import Change, ChangeSet, Concern
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.verdict import Verdict, verdict


def test_without_changes_it_has_no_grade():
    assert verdict(_set()) == Verdict(None, (), 0)


def test_it_names_what_breaking_changes_are_about_once_each_in_the_order_of_concerns():
    changes = _set(
        _change(Grade.BREAKING, Concern.CALLER, "Incoming"),
        _change(Grade.BREAKING, Concern.VALUE_NEEDED, "Depot"),
        _change(Grade.BREAKING, Concern.CALLER, "Orders"),
        _change(Grade.BREAKING, Concern.CALLER, "Incoming"),
    )
    assert verdict(changes) == Verdict(
        Grade.BREAKING,
        ((Concern.VALUE_NEEDED, ("Depot",)), (Concern.CALLER, ("Incoming", "Orders"))),
        0,
    )


def test_risky_changes_are_counted_whatever_they_concern():
    changes = _set(
        _change(Grade.RISKY, Concern.VALUE_LOST, "Note"), _change(Grade.RISKY), _change(Grade.SAFE)
    )
    assert verdict(changes) == Verdict(Grade.RISKY, (), 2)


def test_what_somebody_approved_still_counts_for_those_who_have_it_deployed():
    changes = _set(
        _change(Grade.BREAKING, Concern.CALLER, "Incoming", approved="all callers know"),
        _change(Grade.RISKY, approved="tried"),
        _change(Grade.RISKY),
    )
    assert verdict(changes) == Verdict(Grade.BREAKING, ((Concern.CALLER, ("Incoming",)),), 2)


def test_it_says_when_everything_that_is_breaking_or_risky_is_approved():
    changes = _set(_change(Grade.BREAKING, subject="Incoming", approved="planned"), _change(Grade.SAFE))
    assert verdict(changes) == Verdict(
        Grade.BREAKING, ((Concern.NOBODY, ("Incoming",)),), 0, is_approved=True
    )


def _set(*changes: Change) -> ChangeSet:
    return ChangeSet("orders", "orders@1", "orders@2", changes)


def _change(
    grade: Grade, concern: Concern = Concern.NOBODY, subject: str = "", *, approved: str | None = None
) -> Change:
    return Change(
        kind="a-kind",
        grade=grade,
        reason="",
        message="",
        concern=concern,
        subject=subject,
        flow="",
        step="",
        path=(),
        old_span=None,
        new_span=None,
        fingerprint="0" * 12,
        approved=approved,
    )
