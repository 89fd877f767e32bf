"""Flows that a validator refuses, and values that must not be shared."""

from flows import (
    Scripted,
    follows,
    gives,
    happenings,
    integration_of,
    items,
    repeats,
    step,
    story,
    value,
)


def test_a_flow_without_steps_ends_at_once():
    assert story("") == "begins Flow\nends success"


def test_steps_of_the_same_name_run_both_and_the_later_result_counts():
    told = story(
        """
        Each
          Send
          Send
          Check
            ? A
              Send
        Send
        After <- sent: send.results
        """,
        {"each": repeats(1), "check": follows("A"), "send": [gives(1), gives(2), gives(3), gives(4)]},
    )

    assert [line for line in told.splitlines() if line.startswith(("starts", "gives"))] == [
        "starts each",
        "starts each[0]/send",
        "gives each[0]/send 1",
        "starts each[0]/send~2",
        "gives each[0]/send~2 2",
        "starts each[0]/check",
        'gives each[0]/check "A"',
        "starts each[0]/send~3",
        "gives each[0]/send~3 3",
        'gives each ["A"]',
        "starts send",
        "gives send 4",
        'starts after {"sent": 4}',
        'gives after "after"',
    ]


def test_a_step_inside_a_loop_may_have_the_name_of_the_loop():
    told = story(
        "Each\n  Each", {"each": repeats(1, 2), "each[0]/each": gives("a"), "each[1]/each": gives("b")}
    )

    assert told.splitlines()[-2] == 'gives each ["a", "b"]'


def test_a_name_without_letters_still_makes_a_path():
    told = story("!!\n??")

    assert [line for line in told.splitlines() if line.startswith("starts")] == ["starts ~1", "starts ~2"]


def test_a_step_without_action_asks_for_an_action_without_name():
    flow = integration_of({"name": "Bare"})
    performer = Scripted({})

    happenings(flow, performer=performer)

    assert [(call.ref, call.component, call.action, call.inputs) for call in performer.calls] == [
        ("bare", "", "", {})
    ]


# --- values that are not shared


def test_each_call_has_inputs_of_its_own():
    send = step("Send", {"list": items(value("a")), "text": value("b")})
    flow = integration_of(step("Each", steps=[send]))

    class Careless(Scripted):
        def perform(self, call):
            outcome = super().perform(call)
            if call.ref == "send":
                call.inputs["list"].append("more")
                call.inputs["new"] = 1
            return outcome

    performer = Careless({"each": repeats(1, 2)})
    happenings(flow, performer=performer)

    assert [call.inputs for call in performer.calls[1:]] == [
        {"text": "b", "list": ["a", "more"], "new": 1}
    ] * 2
