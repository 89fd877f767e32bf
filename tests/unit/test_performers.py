"""Who answers the calls of a run: mocks, live actions, the deadline."""

from copy import deepcopy

import pytest

from contexts import RecordingContext
from flows import FOREVER, HandClock, Scripted, fails, gives
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionError, ActionResult, Implementation, LogLine
from xchange_cli.engine.deadline import DeadlinePerformer
from xchange_cli.engine.driver import SystemClock, drive
from xchange_cli.engine.events import Done, Failed, RunStarted, StepCall, StepStarting, Waiting
from xchange_cli.engine.mocks import MockPerformer
from xchange_cli.engine.performer import LivePerformer


def call(path="send", component="scripted", action="act", inputs=None, **more):
    ref = path.rpartition("/")[2].partition("#")[0]
    return StepCall(path, ref, component, action, inputs or {}, 1, {}, **more)


# --- mocks


def mocked(path, mocks, branches=None):
    return MockPerformer(mocks, branches or {}, Scripted({})).perform(call(path))


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("send", "always"),
        ("send#2", "always"),
        ("each[2]/send", "third"),
        ("each[2]/send#2", "third"),
        ("rows[0]/cells[2]/send", "third"),
        ("rows[2]/cells[0]/send", "always"),
        ("each[22]/send", "always"),
        ("each[2]/other", "other"),
    ],
)
def test_a_mock_is_found_by_step_key_and_by_pass_of_the_innermost_loop(path, answer):
    assert mocked(path, {"send": "always", "send[2]": "third"}) == gives(answer)


def test_only_the_named_pass_is_mocked_where_the_key_names_one():
    assert mocked("each[1]/send", {"send[2]": "third"}) == gives("send")
    assert mocked("send", {"send[2]": "third", "": "nobody"}) == gives("send")


@pytest.mark.parametrize(
    ("mock", "message"),
    [({"error": "refused"}, "refused"), ({"error": {"a": 1}}, "[object Object]"), ({"error": None}, "")],
)
def test_a_mock_that_is_an_error_makes_the_step_fail(mock, message):
    assert mocked("send", {"send": mock}) == Failed("mocked", message)


@pytest.mark.parametrize(
    "value", [None, False, "text", {"error": "a", "b": 1}, {"branch": "Big", "result": 1}]
)
def test_any_other_mock_is_the_result_of_a_step_without_branches(value):
    assert mocked("send", {"send": value}) == gives(value)


FIRST = "the mock names no branch; `Big`, the first one, is followed"


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("Else", gives("Else", branch="Else")),
        ({"branch": "Else", "result": 5}, gives(5, branch="Else")),
        ({"branch": "Gone", "result": 5}, gives(5, branch="Gone")),
        ({"error": "refused"}, Failed("mocked", "refused")),
        (5, Done(ActionResult(5, branch="Big"), (), (FIRST,))),
        ({"body": {}}, Done(ActionResult({"body": {}}, branch="Big"), (), (FIRST,))),
        ([], Done(ActionResult([], branch="Big"), (), (FIRST,))),
    ],
)
def test_the_mock_of_a_step_with_branches_chooses_one(value, outcome):
    assert mocked("check", {"check": value}, {"check": ("Big", "Else")}) == outcome


def test_the_mock_of_a_step_with_an_empty_list_of_branches_chooses_none():
    assert mocked("check", {"check": 5}, {"check": ()}) == gives(5)


# --- live actions


class Actions:
    """Components with the one action that a test needs."""

    def __init__(self, perform):
        self._perform = perform

    def perform_for(self, component, action, *, is_public):
        return self._perform if (component, action, is_public) == ("scripted", "act", True) else None

    def implementation_for(self, *_, **__):
        return Implementation({"act": self._perform})


def live(perform=None, *, clock=None, deadline=FOREVER):
    implementations = Implementations() if perform is None else Actions(perform)
    return LivePerformer(
        implementations,
        config={"Key": "config"},
        payload={"body": {"data": 1}},
        execution={"executionId": "run-1"},
        clock=clock or HandClock(),
        deadline=deadline,
    )


def test_an_action_gets_its_inputs_and_what_it_may_use_of_the_world():
    def perform(context, inputs):
        seen = (context.config_vars, context.payload, context.execution, context.step_results)
        return ActionResult([inputs, seen, context.seconds_left, context.random()])

    clock = HandClock(time=10.0)

    outcome = live(perform, clock=clock, deadline=40.0).perform(call(inputs={"a": 1}))

    facts = {"executionId": "run-1", "stepId": "send"}
    world = ({"Key": "config"}, {"body": {"data": 1}}, facts, {})
    assert outcome == gives([{"a": 1}, world, 30.0, 0.5])


def test_what_one_call_says_is_not_heard_in_the_next():
    def perform(context, inputs):
        if inputs:
            context.log("info", "x" * 5000)
            context.warn("odd")
        return ActionResult(1)

    performer = live(perform)

    assert performer.perform(call(inputs={"a": 1})) == Done(
        ActionResult(1), (LogLine("INFO", "x" * 5000),), ("odd",)
    )
    assert performer.perform(call()) == gives(1)


def test_an_error_of_an_action_is_an_outcome_with_all_that_was_said_before():
    def perform(context, _inputs):
        context.log("error", "oh")
        raise ActionError("refused", kind="http-error", input_key="url", offset=3)

    assert live(perform).perform(call()) == Failed(
        "http-error", "refused", (LogLine("ERROR", "oh"),), (), "url", 3
    )


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RecursionError(), Failed("nested-too-deeply", "the data is nested too deeply")),
        (MemoryError(), Failed("out-of-memory", "the data of this step does not fit into the memory")),
    ],
)
def test_data_that_is_too_much_is_a_failure_of_the_step(error, outcome):
    def perform(_context, _inputs):
        raise error

    assert live(perform).perform(call()) == outcome


def test_data_that_is_nested_too_deeply_for_an_action_makes_the_step_fail():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]

    outcome = live().perform(call(component="log", action="writeLog", inputs={"message": deep}))

    assert outcome == Failed(
        "nested-too-deeply", "message: the data is nested too deeply", input_key="message"
    )


def test_a_call_with_an_input_that_could_not_be_made_is_not_performed():
    def perform(_context, _inputs):
        raise AssertionError("performed")

    assert live(perform).perform(call(unusable="body")) == Failed(
        "nested-too-deeply", "body: the data is nested too deeply", input_key="body"
    )


def test_any_other_exception_is_a_bug_that_is_raised_with_the_name_of_the_step():
    def perform(_context, _inputs):
        raise KeyError("name")

    with pytest.raises(KeyError) as caught:
        live(perform).perform(call("each[2]/send"))

    assert caught.value.__notes__ == ["while `act` of `scripted` was performed for each[2]/send"]


def test_an_action_without_code_is_refused_with_the_ways_out():
    assert live().perform(call("addRow", component="google-sheets", action="appendRow")) == Failed(
        "not-implemented",
        "`appendRow` of `google-sheets` cannot be performed here; give the step a result with --mock addRow=FILE, "
        "or write it yourself in components/google-sheets.py (`xchange components new google-sheets --action "
        "appendRow` begins it)",
        is_final=True,
    )


def test_a_private_component_is_not_performed_by_the_public_one_of_the_same_key():
    outcome = live().perform(call(component="text-manipulation", action="trim", is_public=False))
    assert isinstance(outcome, Failed)
    assert outcome.kind == "not-implemented"


def test_a_step_without_action_is_refused():
    assert live().perform(call(component="", action="")) == Failed(
        "not-implemented", "the step has no action; give it a result with --mock send=FILE", is_final=True
    )


EXAMPLES = [
    pytest.param(key, example, id=f"{key}.{example.action}-{number}")
    for key in sorted(Implementations().keys())
    for number, example in enumerate(Implementations().load(key).examples, start=1)
]


@pytest.mark.parametrize(("component", "example"), EXAMPLES)
def test_no_action_changes_what_it_is_given(component, example):
    """Results of steps are shared, not copied: who changed an input would change another step's result."""
    action = Implementations().perform_for(component, example.action)
    inputs = {**dict.fromkeys(Catalog.load().action(component, example.action).inputs), **example.inputs}
    before, context = deepcopy(inputs), RecordingContext()
    payload = deepcopy(context.payload)

    try:
        action(context, inputs)
    except ActionError:
        assert example.error

    assert (inputs, context.payload) == (before, payload)


# --- the deadline


class Slow(Scripted):
    """Takes ten seconds for each call."""

    def __init__(self, clock, outcome):
        super().__init__({"send": outcome})
        self._clock = clock

    def perform(self, step_call):
        self._clock.time += 10
        return super().perform(step_call)


OVER = Failed("timeout", "the run has used up its time", is_final=True)


def outcomes_until(deadline, outcome, *, waits=True, count=3):
    clock = HandClock()
    performer = DeadlinePerformer(Slow(clock, outcome), clock, deadline, waits=waits)
    return [performer.perform(call()) for _ in range(count)]


def test_a_call_under_way_at_the_deadline_counts_and_the_next_one_is_not_begun():
    assert outcomes_until(15, gives(1)) == [gives(1), gives(1), OVER]
    assert outcomes_until(20, gives(1)) == [gives(1), gives(1), OVER]


def test_a_failure_after_the_deadline_is_final():
    refused = fails("refused", logs=(LogLine("INFO", "a"),))

    assert outcomes_until(15, refused, count=2) == [
        refused,
        refused._replace(kind="timeout", is_final=True),
    ]


def test_a_timeout_just_before_the_deadline_is_the_deadline_s():
    slow = fails("slow", kind="timeout")

    assert outcomes_until(10.05, slow, count=1) == [slow._replace(is_final=True)]
    assert outcomes_until(11, slow, count=1) == [slow]


def outcome_of(step_call, outcome, *, deadline, waits=True):
    clock = HandClock()
    return DeadlinePerformer(Slow(clock, outcome), clock, deadline, waits=waits).perform(step_call)


def test_a_failure_whose_next_attempt_would_come_too_late_ends_the_run_at_once():
    refused = fails("refused", logs=(LogLine("INFO", "a"),))
    retried = call(retry_delay=20.0)

    assert outcome_of(retried, refused, deadline=30) == refused
    assert outcome_of(retried, refused, deadline=29) == Failed(
        "timeout",
        "refused; the wait of 20 s before the next attempt is longer than the 19 s that are left to the run",
        (LogLine("INFO", "a"),),
        is_final=True,
    )
    assert outcome_of(retried, gives(1), deadline=29) == gives(1)
    assert outcome_of(retried, refused, deadline=29, waits=False) == refused
    assert outcome_of(call(), refused, deadline=29) == refused


def test_a_step_that_cannot_be_performed_is_no_timeout():
    refused = fails("no code", kind="not-implemented", is_final=True)

    assert outcomes_until(5, refused, count=1) == [refused]


def test_a_sleep_that_would_outlast_the_run_fails_at_once():
    logs = (LogLine("INFO", "a"),)
    asleep = Done(ActionResult(wait=20.5), logs, ("odd",))

    assert outcomes_until(30.5, asleep, count=1) == [asleep]
    assert outcomes_until(22, asleep, count=1) == [
        Failed(
            "timeout",
            "the wait of 20.5 s is longer than the 12 s that are left to the run",
            logs,
            ("odd",),
            is_final=True,
        )
    ]


def test_a_sleep_that_is_skipped_does_not_outlast_the_run():
    asleep = gives(wait=1000)

    assert outcomes_until(30, asleep, waits=False, count=1) == [asleep]


# --- the driver


def test_the_clock_of_the_system_moves_on_and_its_chance_lies_between_0_and_1():
    clock = SystemClock()

    before = clock.monotonic()
    clock.sleep(0)

    assert clock.monotonic() >= before
    assert 0 <= clock.random() < 1


def driven(waits, deadline=FOREVER):
    def requests():
        answers.append((yield RunStarted("Flow")))
        answers.append((yield Waiting("send", 2.5, "sleep")))
        answers.append((yield StepStarting(call())))
        answers.append((yield Waiting("send", 60.0, "retry")))

    answers: list = []
    clock = HandClock()
    events = list(drive(requests(), Scripted({}), clock, deadline, waits=waits))
    return events, answers, clock.slept


def test_the_driver_answers_calls_and_nothing_else():
    events, answers, _ = driven(waits=False)

    assert events == [
        RunStarted("Flow"),
        Waiting("send", 2.5, "sleep"),
        StepStarting(call()),
        Waiting("send", 60.0, "retry"),
    ]
    assert answers == [None, None, gives("send"), None]


@pytest.mark.parametrize(
    ("waits", "deadline", "slept"),
    [
        (True, FOREVER, [2.5, 60.0]),
        (True, 30.0, [2.5, 27.5]),
        (True, 1.0, [1.0, 0.0]),
        (False, 30.0, []),
    ],
)
def test_waiting_is_real_up_to_the_deadline_or_skipped(waits, deadline, slept):
    assert driven(waits, deadline)[2] == slept


def test_nothing_is_performed_before_the_next_event_is_asked_for():
    def requests():
        yield StepStarting(call())
        yield RunStarted("Flow")

    performer = Scripted({})
    events = drive(requests(), performer, HandClock(), FOREVER)

    assert next(events) == StepStarting(call())
    assert performer.calls == []
    assert next(events) == RunStarted("Flow")
    assert performer.calls == [call()]
