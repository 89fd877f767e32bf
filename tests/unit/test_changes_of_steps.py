"""Whom it concerns that a step came, went or moved, and why."""

import pytest

from compared_integrations import ANSWER, CATALOG, FILE, STORE, edited, integration
from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.grade import Grade

NIGHTLY = "  - name: Nightly\n"
TOTAL = "  - name: Total\n    isSynchronous: true\n    steps:\n"
MAYBE = """\
          - name: Maybe
            action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
            branches:
              - name: First
                steps:
                  - name: Enough
                    action: {key: %s, component: {key: %s, isPublic: true, version: LATEST}}
"""
THRICE = """\
      - name: Thrice
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        steps:
          - name: Enough
            action: {key: %s, component: {key: %s, isPublic: true, version: LATEST}}
"""
LEAVE, STOP, LOG = ("breakLoop", "loop"), ("stopExecution", "stop-execution"), ("writeLog", "log")


def changes(old, new):
    sides = (Side(name, integration(text)) for name, text in (("old.yml", old), ("new.yml", new)))
    return compare(*sides, CATALOG, "orders").changes


def grades(old, new):
    return [(change.kind, change.grade) for change in changes(old, new)]


def test_a_step_that_has_left_for_another_flow_is_missed_by_callers_of_the_one_that_it_answered():
    found = changes(FILE, edited((ANSWER, ""), (NIGHTLY, f"{TOTAL}{ANSWER}{NIGHTLY}")))
    assert [(change.kind, change.subject) for change in found if change.grade is Grade.BREAKING] == [
        ("answering-step-changed", "Incoming")
    ]


@pytest.mark.parametrize(
    ("action", "kind", "grade"),
    [
        (LEAVE, "ending-step-removed", Grade.RISKY),
        (STOP, "ending-step-removed", Grade.RISKY),
        (LOG, "step-removed", Grade.SAFE),
    ],
)
def test_a_branch_that_is_gone_matters_where_it_ended_the_loop_around_it_or_the_run(action, kind, grade):
    assert grades(edited((STORE, STORE + MAYBE % action)), FILE) == [(kind, grade)]


@pytest.mark.parametrize(("action", "kind"), [(LEAVE, "loop-added"), (STOP, "ending-step-added")])
def test_a_new_loop_that_is_left_from_within_ends_nothing_around_it(action, kind):
    assert grades(FILE, edited((ANSWER, THRICE % action + ANSWER))) == [(kind, Grade.RISKY)]
