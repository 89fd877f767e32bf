"""Loops, told event by event: passes, results, and how loops are left."""

import pytest

from flows import BREAKS, fails, follows, gives, happenings, inputs_of, lines, repeats, story
from xchange_cli.engine.interpreter import MAX_EMPTY_PASSES, MAX_PASSES


def test_a_loop_runs_its_steps_once_an_item_and_collects_what_the_last_one_gives():
    told = story(
        """
        Each
          Send <- item: each.currentItem, position: each.index
          Save <- sent: send.results
        After <- all: each.results, item: each.currentItem
        """,
        {"each": repeats("a", "b"), "send": [gives(1), gives(2)], "save": [gives("x"), gives("y")]},
    )

    assert told == lines("""
        begins Flow
        starts each
        repeats each 2 times
        pass each 0
        starts each[0]/send {"item": "a", "position": 0}
        gives each[0]/send 1
        starts each[0]/save {"sent": 1}
        gives each[0]/save "x"
        pass each 1
        starts each[1]/send {"item": "b", "position": 1}
        gives each[1]/send 2
        starts each[1]/save {"sent": 2}
        gives each[1]/save "y"
        gives each ["x", "y"]
        starts after {"all": ["x", "y"], "item": null}
        gives after "after"
        ends success
    """)


def test_a_counting_loop_has_the_counter_as_item_and_as_index():
    happened = happenings(
        "Count\n  Send <- item: count.currentItem, position: count.index", {"count": gives(items=range(3))}
    )

    assert inputs_of("count[2]/send", happened) == {"item": 2, "position": 2}


def test_a_loop_over_nothing_gives_an_empty_list():
    assert story("Each\n  Send", {"each": repeats()}) == lines("""
        begins Flow
        starts each
        repeats each 0 times
        gives each []
        ends success
    """)


@pytest.mark.parametrize("body", ["Each\n  (nothing)", "Each"])
def test_a_loop_without_steps_gives_a_null_for_each_item(body):
    assert story(body, {"each": repeats("a", "b")}) == lines("""
        begins Flow
        starts each
        repeats each 2 times
        pass each 0
        pass each 1
        gives each [null, null]
        ends success
    """)


def test_a_branching_step_at_the_end_of_a_loop_adds_the_name_of_its_branch():
    script = {"each": repeats(1, 2), "check": [follows("Big"), follows("Else")]}

    told = story("Each\n  Check\n    ? Big\n      Send\n    ? Else", script)

    assert told.splitlines()[-2] == 'gives each ["Big", "Else"]'


def test_a_loop_at_the_end_of_a_loop_adds_its_own_list():
    told = story("Rows\n  Cells\n    Send", {"rows": repeats(1, 2), "cells": repeats("x", "y")})

    assert told.splitlines()[-2] == 'gives rows [["send", "send"], ["send", "send"]]'


def test_an_ignored_failure_at_the_end_of_a_loop_adds_null():
    told = story("Each\n  Send | ignore", {"each": repeats(1, 2), "send": [fails(), gives(5)]})

    assert told.splitlines()[-2] == "gives each [null, 5]"


def test_inner_loops_see_the_items_of_all_loops_around_them():
    happened = happenings(
        "Rows\n  Cells\n    Send <- row: rows.currentItem, cell: cells.currentItem, at: cells.index",
        {"rows": repeats("r", "s"), "cells": repeats("c", "d")},
    )

    assert inputs_of("rows[1]/cells[0]/send", happened) == {"row": "s", "cell": "c", "at": 0}


def test_a_pass_sees_nothing_of_the_passes_before_it():
    happened = happenings(
        """
        Each
          Check <- before: send.results, last: save.results
            ? Big
              Send
            ? Else
          Use <- sent: send.results
          Save
        After <- sent: send.results, saved: save.results
        """,
        {
            "each": repeats(1, 2),
            "check": [follows("Big"), follows("Else")],
            "save": [gives("s1"), gives("s2")],
        },
    )

    assert inputs_of("each[0]/use", happened) == {"sent": "send"}
    assert inputs_of("each[1]/check", happened) == {"before": None, "last": None}
    assert inputs_of("each[1]/use", happened) == {"sent": None}
    assert inputs_of("after", happened) == {"sent": None, "saved": "s2"}


def test_a_loop_that_has_nothing_to_repeat_over_is_passed_with_a_warning():
    assert story("Each\n  Send\nAfter <- all: each.results", {"each": gives(["mocked"])}) == lines("""
        begins Flow
        starts each
        warns each the step gave nothing to repeat over; the steps inside are not run
        gives each ["mocked"]
        starts after {"all": ["mocked"]}
        gives after "after"
        ends success
    """)


@pytest.mark.parametrize(
    ("body", "count", "message"),
    [
        ("  Send", 10**30, f"a loop can have {MAX_PASSES:,} passes and not more"),
        ("  (nothing)", 10**9, f"a loop without steps can have {MAX_EMPTY_PASSES:,} passes and not more"),
    ],
)
def test_a_loop_that_could_not_end_fails_before_it_begins(body, count, message):
    assert story(f"Each | ignore\n{body}", {"each": gives(items=range(count))}) == lines(f"""
        begins Flow
        starts each
        fails each attempt 1: {message}; ignored
        ends success
    """)


# --- leaving a loop


def test_a_break_ends_the_innermost_loop_and_its_pass_adds_no_entry():
    told = story(
        """
        Rows
          Cells
            Send
            Check
              ? Enough
                Deeper
                  ? Yes
                    Leave
                    Never
              ? Else
            Save
          Next
        """,
        {
            "rows": repeats(1),
            "cells": repeats("a", "b", "c"),
            "check": [follows("Else"), follows("Enough")],
            "deeper": follows("Yes"),
            "leave": BREAKS,
        },
    )

    assert told == lines("""
        begins Flow
        starts rows
        repeats rows 1 times
        pass rows 0
        starts rows[0]/cells
        repeats rows[0]/cells 3 times
        pass rows[0]/cells 0
        starts rows[0]/cells[0]/send
        gives rows[0]/cells[0]/send "send"
        starts rows[0]/cells[0]/check
        gives rows[0]/cells[0]/check "Else"
        starts rows[0]/cells[0]/save
        gives rows[0]/cells[0]/save "save"
        pass rows[0]/cells 1
        starts rows[0]/cells[1]/send
        gives rows[0]/cells[1]/send "send"
        starts rows[0]/cells[1]/check
        gives rows[0]/cells[1]/check "Enough"
        starts rows[0]/cells[1]/deeper
        gives rows[0]/cells[1]/deeper "Yes"
        starts rows[0]/cells[1]/leave
        gives rows[0]/cells[1]/leave null
        gives rows[0]/cells ["save"]
        starts rows[0]/next
        gives rows[0]/next "next"
        gives rows ["next"]
        ends success
    """)


def test_a_break_outside_of_a_loop_is_an_error():
    assert story("Check\n  ? Yes\n    Leave\nAfter", {"check": follows("Yes"), "leave": BREAKS}) == lines("""
        begins Flow
        starts check
        gives check "Yes"
        starts leave
        fails leave attempt 1: there is no loop around this step to leave; ended-run
        ends error
    """)
