"""The meaning of a flow: steps, what they see, and branches, told event by event."""

import pytest

from flows import (
    Scripted,
    fails,
    follows,
    gives,
    happenings,
    inputs_of,
    integration_of,
    items,
    lines,
    reference,
    repeats,
    says,
    step,
    story,
)
from xchange_cli.engine.events import Warned
from xchange_cli.javascript.values import UNDEFINED


def test_steps_run_in_order_and_see_the_results_of_earlier_steps():
    told = story(
        """
        Trigger
        Get Order
        Send It <- id: getOrder.results.id, all: trigger.results
        """,
        {"trigger": gives([1]), "getOrder": gives({"id": 7})},
    )

    assert told == lines("""
        begins Flow
        starts trigger
        gives trigger [1]
        starts getOrder
        gives getOrder {"id": 7}
        starts sendIt {"id": 7, "all": [1]}
        gives sendIt "sendIt"
        ends success
    """)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("get.results.list.1", "b"),
        ("get.results.list[1]", "b"),
        ("get.results.object.1", "one"),
        ('get.results.["a.b"]', "dotted"),
        ("get.results.with blank", True),
        ("get.results.list.2", None),
        ("get.results.missing.deeper", None),
        ("get.results.list.name", None),
        ("nobody.results", None),
        ("later.results", None),
    ],
)
def test_a_path_that_leads_nowhere_is_null_and_no_error(path, value):
    data = {"list": ["a", "b"], "object": {"1": "one"}, "a.b": "dotted", "with blank": True}

    happened = happenings(f"Get\nShow <- it: {path}\nLater", {"get": gives(data)})

    assert inputs_of("show", happened) == {"it": value}


def test_text_that_is_json_stays_text_for_references():
    happened = happenings("Get\nShow <- all: get.results, id: get.results.id", {"get": gives('{"id": 1}')})

    assert inputs_of("show", happened) == {"all": '{"id": 1}', "id": None}


def test_a_missing_operand_of_a_condition_is_undefined_and_a_null_is_null():
    gone, null, nobody = map(reference, ("get.results.gone", "get.results.null", "nobody.results"))
    condition = {"name": "Big", **items("or", ["exists", gone], ["equal", null, nobody])}
    flow = integration_of(step("Get"), step("Check", {"conditions": items(condition)}))

    happened = happenings(flow, {"get": gives({"null": None})})

    assert inputs_of("check", happened) == {
        "conditions": [{"name": "Big", "value": ["or", ["exists", UNDEFINED], ["equal", None, UNDEFINED]]}]
    }


def test_an_input_that_is_nested_too_deeply_for_text_is_named_in_the_call():
    deep = []
    for _ in range(5000):
        deep = [deep]
    body = {"type": "template", "value": "it is {{$get.results}}"}
    flow = integration_of(step("Get"), step("Send", {"body": body}))
    performer = Scripted({"get": gives(deep)})

    happenings(flow, performer=performer)

    assert [call.unusable for call in performer.calls] == ["", "body"]


def test_log_lines_and_warnings_of_an_action_come_before_its_result():
    told = story("Check", {"check": says("one", "two", warnings=("odd",), data=1)})

    assert told == lines("""
        begins Flow
        starts check
        logs check INFO one
        logs check INFO two
        warns check odd
        gives check 1
        ends success
    """)


def test_what_an_action_says_before_it_fails_is_heard():
    told = story("Check", {"check": fails("no", logs=says("one").logs, warnings=("odd",))})

    assert told == lines("""
        begins Flow
        starts check
        logs check INFO one
        warns check odd
        fails check attempt 1: no; ended-run
        ends error
    """)


def test_a_warning_is_told_once_a_place_and_ten_different_ones_at_most():
    script = {
        "each": repeats(*range(30)),
        "same": says(warnings=("always",)),
        "new": [says(warnings=(f"item {number}",)) for number in range(30)],
    }

    warned = [event for event in happenings("Each\n  Same\n  New", script) if isinstance(event, Warned)]

    assert [(event.path, event.message) for event in warned] == [
        ("each[0]/same", "always"),
        *((f"each[{number}]/new", f"item {number}") for number in range(10)),
        ("each[10]/new", "more warnings like these are not shown"),
    ]


# --- branches


CHOICE = """
    Check
      ? Big
        Send
      ? Else
        Keep
    After <- which: check.results, sent: send.results, kept: keep.results
"""


def test_only_the_chosen_branch_runs_and_then_the_step_after_it():
    assert story(CHOICE, {"check": follows("Big")}) == lines("""
        begins Flow
        starts check
        gives check "Big"
        starts send
        gives send "send"
        starts after {"which": "Big", "sent": "send", "kept": null}
        gives after "after"
        ends success
    """)


def test_a_branch_without_steps_is_legal():
    assert story("Check\n  ? Big\n  ? Else\nAfter", {"check": follows("Else")}) == lines("""
        begins Flow
        starts check
        gives check "Else"
        starts after
        gives after "after"
        ends success
    """)


def test_a_branch_that_the_step_does_not_have_is_not_followed_and_warned_of():
    assert story(CHOICE.rpartition("    After")[0], {"check": follows("Huge")}) == lines("""
        begins Flow
        starts check
        warns check the step chose the branch `Huge`, which it does not have
        gives check "Huge"
        ends success
    """)


def test_that_no_branch_is_chosen_is_warned_of_where_steps_are_passed_over():
    assert story("Check\n  ? Big\n    Send", {"check": gives(1)}) == lines("""
        begins Flow
        starts check
        warns check the step chose no branch; the steps inside are not run
        gives check 1
        ends success
    """)
    assert "warns" not in story("Check\n  ? Big\n", {"check": gives(1)})


def test_of_branches_with_the_same_name_the_first_is_followed():
    told = story("Check\n  ? Big\n    First\n  ? Big\n    Second", {"check": follows("Big")})

    assert [line for line in told.splitlines() if line.startswith("gives")] == [
        'gives check "Big"',
        'gives first "first"',
    ]


def test_a_trigger_may_choose_a_branch_whose_steps_see_the_trigger():
    told = story(
        """
        Trigger
          ? Notification
            Read <- id: trigger.results.id
          ? URL Verify
            Answer
        After
        """,
        {"trigger": gives({"id": 5}, branch="Notification")},
    )

    assert told == lines("""
        begins Flow
        starts trigger
        gives trigger {"id": 5}
        starts read {"id": 5}
        gives read "read"
        starts after
        gives after "after"
        ends success
    """)
