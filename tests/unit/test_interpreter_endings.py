"""How runs end: stops, errors and what becomes of them, the answer to the caller."""

import pytest

from flows import STOPS, built, fails, follows, gives, happenings, integration, lines, repeats, story
from xchange_cli.engine.events import Response, RunFinished, Status, StepFailed


def ending(text, script=None, **more):
    return happenings(text, script, **more)[-1]


def test_a_stop_ends_the_run_successfully_from_inside_loops_and_branches():
    told = story(
        "Each\n  Check\n    ? Yes\n      Halt\n      Never\n  Never Too\nAfter",
        {"each": repeats(1, 2), "check": follows("Yes"), "halt": STOPS},
    )

    assert told == lines("""
        begins Flow
        starts each
        repeats each 2 times
        pass each 0
        starts each[0]/check
        gives each[0]/check "Yes"
        starts each[0]/halt
        gives each[0]/halt "stopped"
        ends success
    """)


def test_an_error_ends_the_run_and_nothing_of_its_state_is_kept():
    script = {
        "count": gives(1, state={"instanceState": {"n": 1}}),
        "send": fails("refused", kind="http-error"),
    }
    text = "Count\nSend\nAfter"

    place = integration(text).flows[0].steps[1].name_node.span
    happened = happenings(text, script)

    assert [type(event).__name__ for event in happened][-2:] == ["StepFailed", "RunFinished"]
    assert happened[-1]._replace(failure=None) == RunFinished(Status.ERROR, None, None, {})
    failure = happened[-1].failure
    assert (failure.path, failure.ref, failure.kind, failure.message) == (
        "send",
        "send",
        "http-error",
        "refused",
    )
    assert (failure.span.start, failure.span.end) == (place.start, place.end)


def test_state_is_collected_over_the_steps_and_kept_when_the_run_ends_well():
    script = {
        "one": gives(1, state={"instanceState": {"n": 1}, "crossFlowState": {"c": 1}}),
        "two": gives(2, state={"instanceState": {"n": 2}}),
    }

    assert ending("One\nTwo", script).state == {"instanceState": {"n": 2}, "crossFlowState": {"c": 1}}


@pytest.mark.parametrize(
    ("until", "last", "stopped_at"),
    [
        ("two", 'gives two "two"', "two"),
        ("inner", 'gives each[0]/inner "inner"', "inner"),
        ("each", 'gives each ["inner", "inner"]', "each"),
        ("check", 'gives deep "deep"', "check"),
        ("failing", "fails failing attempt 1: no; ignored", "failing"),
        ("halt", 'gives halt "stopped"', ""),
        ("nobody", 'gives halt "stopped"', ""),
    ],
)
def test_a_run_can_be_asked_to_end_when_a_step_and_all_inside_it_have_ended(until, last, stopped_at):
    text = """
        One
        Two
        Each
          Inner
        Check
          ? Yes
            Deep
        Failing | ignore
        Halt
        Never
    """
    script = {"each": repeats(1, 2), "check": follows("Yes"), "failing": fails(), "halt": STOPS}

    told = story(text, script, until=until).splitlines()

    assert told[-2:] == [last, f"ends success at {stopped_at}" if stopped_at else "ends success"]


def test_a_run_that_was_asked_to_end_early_has_no_answer():
    assert ending("One\nTwo", until="one") == RunFinished(Status.SUCCESS, None, None, {}, "one")


def test_a_wait_is_told_before_the_result():
    assert story("Nap", {"nap": gives(wait=2.5)}) == lines("""
        begins Flow
        starts nap
        waits nap 2.5 s: sleep
        gives nap null
        ends success
    """)


# --- errors


def test_an_ignored_error_gives_null():
    assert story("Send | ignore\nAfter <- sent: send.results", {"send": fails("refused")}) == lines("""
        begins Flow
        starts send
        fails send attempt 1: refused; ignored
        starts after {"sent": null}
        gives after "after"
        ends success
    """)


def test_a_branching_step_whose_error_is_ignored_follows_no_branch():
    assert story("Check | ignore\n  ? Yes\n    Send\nAfter", {"check": fails()}) == lines("""
        begins Flow
        starts check
        fails check attempt 1: no; ignored
        starts after
        gives after "after"
        ends success
    """)


def test_a_retried_step_makes_its_inputs_anew_and_each_attempt_has_a_path_of_its_own():
    told = story(
        "Each\n  Send <- to: each.currentItem | retry 2 every 3",
        {"each": repeats("a"), "send": [fails("one"), fails("two"), gives("ok")]},
    )

    assert told == lines("""
        begins Flow
        starts each
        repeats each 1 times
        pass each 0
        starts each[0]/send {"to": "a"}
        fails each[0]/send attempt 1: one; retried
        waits each[0]/send 3 s: retry
        starts each[0]/send#2 {"to": "a"}
        fails each[0]/send attempt 2: two; retried
        waits each[0]/send 3 s: retry
        starts each[0]/send#3 {"to": "a"}
        gives each[0]/send "ok"
        gives each ["ok"]
        ends success
    """)


@pytest.mark.parametrize(
    ("errors", "handling", "status"),
    [
        ("fail", ["ended-run"], "error"),
        ("fail then ignore", ["ended-run"], "error"),
        ("ignore", ["ignored"], "success"),
        ("retry 0", ["ended-run"], "error"),
        ("retry 0 then ignore", ["ignored"], "success"),
        ("retry 2", ["retried", "retried", "ended-run"], "error"),
        ("retry 2 then ignore", ["retried", "retried", "ignored"], "success"),
        ("surprise then ignore", ["ended-run"], "error"),
    ],
)
def test_what_becomes_of_an_error_is_said_by_the_error_handling_of_the_step(errors, handling, status):
    happened = happenings(f"Send | {errors}", {"send": fails()})

    assert [event.handling for event in happened if isinstance(event, StepFailed)] == handling
    assert happened[-1].status == status


@pytest.mark.parametrize(
    ("errors", "delays"),
    [
        ("retry 3", [0, 0, 0]),
        ("retry 3 every 5", [5, 5, 5]),
        ("retry 4 every 5 doubling", [5, 10, 20, 40]),
        (
            "retry 12 every 60 doubling",
            [60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 30720, 61440, 86400],
        ),
    ],
)
def test_delays_between_attempts_double_where_the_flow_says_so_up_to_a_day(errors, delays):
    told = story(f"Send | {errors}", {"send": fails()}).splitlines()

    assert [line for line in told if line.startswith("waits")] == [f"waits send {s} s: retry" for s in delays]


@pytest.mark.parametrize("errors", ["ignore", "retry 3", "retry 0 then ignore"])
@pytest.mark.parametrize(("kind", "status"), [("timeout", "timeout"), ("not-implemented", "error")])
def test_a_final_failure_ends_the_run_whatever_the_step_says(errors, kind, status):
    final = fails("over", is_final=True)._replace(kind=kind)

    assert story(f"Send | {errors}\nAfter", {"send": final}) == lines(f"""
        begins Flow
        starts send
        fails send attempt 1: over; ended-run
        ends {status}
    """)


def test_a_timeout_of_an_action_is_an_error_like_others():
    slow = fails("slow")._replace(kind="timeout")

    assert ending("Send | ignore", {"send": slow}).status is Status.SUCCESS
    assert ending("Send", {"send": slow}).status is Status.ERROR


@pytest.mark.parametrize("container", ["Each | ignore\n  Send", "Each | ignore\n  ? Yes\n    Send"])
def test_the_error_handling_of_a_step_does_not_cover_the_steps_inside(container):
    script = {"each": gives(items=[1]) if "?" not in container else follows("Yes"), "send": fails("refused")}

    told = story(container, script).splitlines()

    assert told[-3:] == [
        f"fails {'each[0]/' if '?' not in container else ''}send attempt 1: refused; ended-run",
        "warns each `ignore` of this step does not cover the steps inside; platforms may differ",
        "ends error",
    ]


YAML = """\
name: Test
flows:
  - name: Flow
    steps:
      - name: Run It
        action: {key: act, component: {key: scripted}}
        inputs:
          code: {type: value, value: "a\\tbc"}
          text: {type: template, value: "{{$x.results}} long"}
"""


@pytest.mark.parametrize(
    ("blamed", "text"),
    [
        ({}, "Run It"),
        ({"input_key": "nobody"}, "Run It"),
        ({"input_key": "code"}, '"a\\tbc"'),
        ({"input_key": "code", "offset": 1}, "\\t"),
        ({"input_key": "code", "offset": 2}, "b"),
        ({"input_key": "code", "offset": 4}, '"a\\tbc"'),
        ({"input_key": "text", "offset": 1}, '"{{$x.results}} long"'),
    ],
)
def test_a_failure_points_at_the_character_the_input_or_the_step(blamed, text):
    failure = ending(built(YAML), {"runIt": fails(**blamed)}).failure

    assert failure.span.text == text


# --- answers


def answer(text, script, **more):
    return ending(text, script, **more).response


def test_an_asynchronous_flow_answers_with_the_id_of_the_run():
    assert answer("Trigger\nSend", {}) == Response(200, "application/json", {}, {"executionId": "run-1"})


def test_a_trigger_may_give_the_answer_of_an_asynchronous_flow():
    trigger = gives(1, answer="thanks", status_code=202, headers={"X-A": "1"})
    html = gives(1, answer="<b>", content_type="text/html")

    assert answer("Trigger\nSend", {"trigger": trigger}) == Response(
        202, "text/plain", {"X-A": "1"}, "thanks"
    )
    assert answer("Trigger", {"trigger": html}) == Response(200, "text/html", {}, "<b>")


def test_a_stop_does_not_shape_the_answer_of_an_asynchronous_flow():
    script = {"halt": gives("no", stop=True, status_code=404)}

    assert answer("Trigger\nHalt", script) == Response(200, "application/json", {}, {"executionId": "run-1"})


def test_a_synchronous_flow_answers_with_what_stopped_it():
    halt = gives(
        {"e": 1}, stop=True, status_code=404, content_type="application/problem+json", headers={"X-A": "1"}
    )
    script = {"each": repeats(1, 2), "halt": halt}

    assert answer("Trigger\nEach\n  Halt\nAfter", script, synchronous=True) == Response(
        404, "application/problem+json", {"X-A": "1"}, {"e": 1}
    )


@pytest.mark.parametrize(
    ("text", "script", "body", "content_type"),
    [
        ("Trigger\nSend", {"send": gives({"a": 1})}, {"a": 1}, "application/json"),
        ("Trigger\nSend", {"send": gives("text")}, "text", "text/plain"),
        ("Trigger\nSend", {"send": gives(b"\x00")}, b"\x00", "application/octet-stream"),
        ("Trigger\nEach\n  Send", {"each": repeats(1)}, ["send"], "application/json"),
        ("Trigger\nCheck\n  ? A\n    Send", {"check": follows("A")}, "send", "text/plain"),
        ("Trigger\nCheck\n  ? A\n", {"check": follows("A")}, "A", "text/plain"),
        ("Trigger\nSend | ignore", {"send": fails()}, None, "application/json"),
    ],
)
def test_a_synchronous_flow_answers_with_the_result_of_the_step_executed_last(
    text, script, body, content_type
):
    assert answer(text, script, synchronous=True) == Response(200, content_type, {}, body)
