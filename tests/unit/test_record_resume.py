"""A run goes on where its process has left it, and only if its finished steps would be the same today."""

import json
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow_strategies import Dealer, programs, seeds
from flows import (
    CATALOG,
    Scripted,
    built,
    fails,
    gives,
    integration,
    integration_of,
    repeats,
    says,
    step,
    value,
)
from recorded_runs import FIRST, begin, record, resume, start_of_run
from xchange_cli.components.spec import FlowCall
from xchange_cli.engine.events import Failed, RunFinished, Status, StepCall, StepStarting, Waiting
from xchange_cli.engine.program import compile_flow
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.record.find import existing_record
from xchange_cli.record.journal import Journal
from xchange_cli.record.replay import Programs
from xchange_cli.record.resume import plan_resume
from xchange_cli.redaction import Redactor, Secret

ORDERS = """
    Trigger
    Fetch
    Each
      Check
      Post | retry 2 every 5
    Close
"""
SCRIPT = {"fetch": gives({"id": 1}), "each": repeats("a", "b", "c")}
KEY = Secret("Api.key", "k3y-of-the-api")


class PathDealer:
    """Answers a call by its path only, whenever it is made; keeps which were made."""

    def __init__(self, seed):
        self._seed = seed
        self.paths = []

    def perform(self, call):
        self.paths.append(call.path)
        return Dealer(Random(f"{self._seed} {call.path}").random()).perform(call)


def known(runs):
    return existing_record(runs, FIRST)


def cut_journal(runs, at):
    """Leave so many bytes of the journal, and no end: what a killed process leaves."""
    folder = runs / FIRST
    data = (folder / "journal.jsonl").read_bytes()
    (folder / "journal.jsonl").write_bytes(data[: round(at * len(data))])
    (folder / "end.json").unlink(missing_ok=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs, seeds, st.floats(0, 1))
def test_a_run_that_was_killed_anywhere_goes_on_as_if_nothing_had_happened(
    tmp_path_factory, program, seed, at
):
    runs = tmp_path_factory.mktemp("runs")
    whole = built(program.flow.node.source.text)
    dealer = PathDealer(seed)
    uninterrupted = record(runs, whole, performer=dealer, most=1500)
    cut_journal(runs, at)
    journal = Journal(known(runs))
    finished = {path for path, line in journal.steps.items() if line.is_done}

    again = PathDealer(seed)
    _, events = resume(known(runs), whole, again)

    assert events[: len(uninterrupted)] == uninterrupted
    assert finished.isdisjoint(again.paths)
    assert set(journal.steps) | set(again.paths) >= set(dealer.paths)


def test_a_failed_run_goes_on_at_its_failed_step_with_the_first_attempt(tmp_path):
    whole = integration(ORDERS)
    failing = {**SCRIPT, "each[1]/post": fails(), "each[1]/post#2": fails(), "each[1]/post#3": fails("down")}
    record(tmp_path, whole, failing)
    assert known(tmp_path).status == "error"

    again = Scripted({"post": gives("sent")})
    plan, events = resume(known(tmp_path), whole, again)

    assert plan.forgotten == ("each[1]/post", "each[1]/post#2", "each[1]/post#3")
    assert [call.path for call in again.calls] == ["each[1]/post", "each[2]/check", "each[2]/post", "close"]
    assert events[-1].status is Status.SUCCESS
    assert known(tmp_path).status == "success"
    assert known(tmp_path).end.steps == 11 - 1
    assert Journal(known(tmp_path)).step("each[1]/post").outcome == gives("sent")


def test_a_killed_run_goes_on_with_the_attempt_that_it_had_come_to(tmp_path):
    whole = integration(ORDERS)
    record(tmp_path, whole, {**SCRIPT, "each[0]/post": fails()})
    lines = (tmp_path / FIRST / "journal.jsonl").read_bytes().splitlines(keepends=True)
    cut_journal(tmp_path, sum(map(len, lines[:5])) / sum(map(len, lines)))

    again = Scripted({})
    resume(known(tmp_path), whole, again)

    assert again.calls[0].path == "each[0]/post#2"


def test_a_run_that_was_killed_after_its_last_failure_makes_that_call_again(tmp_path):
    whole = integration("Trigger\nPost")
    record(tmp_path, whole, {"post": fails("down")})
    cut_journal(tmp_path, 1)

    again = Scripted({})
    plan, _ = resume(known(tmp_path), whole, again)

    assert (plan.forgotten, [call.path for call in again.calls]) == (("post",), ["post"])


def test_a_run_that_ended_well_is_not_resumed(tmp_path):
    whole = integration("Trigger\nPost")
    record(tmp_path, whole)

    with pytest.raises(XchangeError) as caught:
        resume(known(tmp_path), whole, Scripted({}))

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.USAGE,
        f"the run {FIRST} has ended (success): nothing is left to do",
    )


def test_a_run_that_is_still_written_is_not_resumed(tmp_path):
    whole = integration("Trigger\nPost")
    with begin(tmp_path, whole):
        assert known(tmp_path).status == "running"
        with pytest.raises(XchangeError) as caught:
            resume(known(tmp_path), whole, Scripted({}))

    assert (caught.value.code, caught.value.retryable) == (ErrorCode.UNREADABLE, True)
    assert caught.value.message == f"the run {FIRST} is running"


def test_what_comes_after_a_resume_is_resumed_again(tmp_path):
    whole = integration("Trigger\nFetch\nPost")
    record(tmp_path, whole, {"post": fails()})
    resume(known(tmp_path), whole, Scripted({"post": fails("again")}))
    assert known(tmp_path).end.failure["message"] == "again"

    again = Scripted({})
    resume(known(tmp_path), whole, again)

    assert [call.path for call in again.calls] == ["post"]
    assert known(tmp_path).status == "success"
    resumed = [line for line in journal_lines(tmp_path) if line["e"] == "resumed"]
    assert (
        resumed
        == [{"e": "resumed", "at": "2024-05-17T09:30:15.123Z", "after": "error", "forget": ["post"]}] * 2
    )


def journal_lines(runs):
    return [json.loads(line) for line in (runs / FIRST / "journal.jsonl").read_bytes().splitlines()]


# --- what must be as it was


def sending(body, *, name="Send", action="http.httpPost"):
    return integration_of(
        step("Trigger", isTrigger=True), step(name, {"data": value(body)}, action), step("Post")
    )


@pytest.mark.parametrize(
    ("today", "message", "blamed"),
    [
        (
            sending("new"),
            'the step `Send` is finished, but would have another input `data` today: "new"; it was "old"',
            '"new"',
        ),
        (
            sending("old", action="http.httpPut"),
            "the step `Send` was `httpPost` of `http` when it was run, and is `httpPut` of `http` today",
            '"Send"',
        ),
        (
            sending("old", name="Save"),
            "the step `Send` is finished, but today `Save` (save) would come in its place",
            '"Save"',
        ),
        (
            integration_of(step("Trigger", isTrigger=True)),
            "the step `Send` is finished, but today the end of the run would come in its place",
            '"Flow"',
        ),
    ],
)
def test_a_finished_step_must_be_the_same_today(tmp_path, today, message, blamed):
    record(tmp_path, sending("old"), {"post": fails()})

    with pytest.raises(XchangeError) as caught:
        resume(known(tmp_path), today, Scripted({}))

    assert (caught.value.code, caught.value.message) == (ErrorCode.INVALID, message)
    assert caught.value.place.file == "integration.yml"
    text = today.node.source.line(caught.value.place.line)
    assert text[caught.value.place.column - 1 :].startswith(blamed)


def test_the_failed_step_and_those_after_it_may_be_other_ones_today(tmp_path):
    record(tmp_path, sending("old"), {"send": fails()})

    again = Scripted({})
    resume(known(tmp_path), sending("new"), again)

    assert [(call.path, call.inputs.get("data")) for call in again.calls] == [("send", "new"), ("post", None)]


def test_a_config_value_that_a_finished_step_has_used_must_be_the_same_today(tmp_path):
    whole = integration_of(
        step("Trigger", isTrigger=True),
        step("Send", {"to": {"type": "configVar", "value": "To"}}),
        step("Post"),
    )
    record(tmp_path, whole, {"post": fails()}, start=start_of_run(config={"To": "a", "Other": 1}))

    resume(known(tmp_path), whole, Scripted({"post": fails()}), config={"To": "a", "Other": 2})
    with pytest.raises(XchangeError, match='another input `to` today: "b"; it was "a"'):
        resume(known(tmp_path), whole, Scripted({}), config={"To": "b"})


def test_differing_values_are_told_without_secrets_and_cut(tmp_path):
    redactor = Redactor([KEY])
    record(tmp_path, sending("old"), {"post": fails()}, redactor=redactor)

    with pytest.raises(XchangeError) as caught:
        resume(known(tmp_path), sending(f"{KEY.value} {'x' * 100}"), Scripted({}), redactor=redactor)

    shown = f'"«secret: Api.key» {"x" * 100}'[:60]
    assert caught.value.message.endswith(f'today: {shown}…; it was "old"')


# --- secrets, calls, waits


def test_a_secret_in_a_result_is_bound_to_its_value_of_today(tmp_path):
    whole = integration("Trigger\nFetch\nPost <- key: fetch.results")
    record(tmp_path, whole, {"fetch": gives(f"key {KEY.value}"), "post": fails()}, redactor=Redactor([KEY]))

    again = Scripted({})
    resume(known(tmp_path), whole, again, redactor=Redactor([KEY._replace(value="rotated-key")]))

    assert again.calls[0].inputs == {"key": "key rotated-key"}
    assert KEY.value.encode() not in b"".join(
        path.read_bytes() for path in (tmp_path / FIRST).iterdir() if path.is_file()
    )


def test_a_run_with_a_secret_that_nobody_knows_any_more_is_not_resumed(tmp_path):
    whole = integration("Trigger\nFetch\nPost")
    record(tmp_path, whole, {"fetch": gives([KEY.value]), "post": fails()}, redactor=Redactor([KEY]))

    with pytest.raises(XchangeError) as caught:
        resume(known(tmp_path), whole, Scripted({}))

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.INVALID,
        "the run cannot be resumed: the result of fetch held the secret `Api.key`, which no config gives today",
    )


def test_a_secret_that_only_a_log_line_held_keeps_no_run_from_being_resumed(tmp_path):
    whole = integration("Trigger\nFetch\nPost")
    record(tmp_path, whole, {"fetch": says(KEY.value), "post": fails()}, redactor=Redactor([KEY]))

    _, events = resume(known(tmp_path), whole, Scripted({}))

    assert events[-1].status is Status.SUCCESS


def test_results_that_held_a_secret_in_another_form_are_named(tmp_path):
    whole = integration("Trigger\nFetch\nPost")
    encoded = "azN5LW9mLXRoZS1hcGk="
    record(tmp_path, whole, {"fetch": gives(encoded), "post": fails()}, redactor=Redactor([KEY]))

    plan, _ = resume(known(tmp_path), whole, Scripted({}), redactor=Redactor([KEY]))

    assert plan.reworded == ("fetch",)
    assert plan.outcomes["fetch"] == gives(KEY.value)


def call_of(path):
    return StepCall(path, path, "scripted", "act", {}, 1, {})


def plan_of(runs, whole):
    return plan_resume(
        known(runs), compile_flow(whole.flows[0], CATALOG), {}, dict, Redactor(), Programs(CATALOG)
    )


def test_called_flows_are_known_by_their_runs_and_answers(tmp_path):
    whole = integration("Trigger\nFirst\nSecond")
    calling = gives(call=FlowCall("Other", {"a": b"1"}, {"X": "y"}, waits=True))
    with begin(tmp_path, whole) as writer:
        writer.step(call_of("trigger"), gives(), 0.1)
        writer.step(call_of("first"), calling, 0.1)
        writer.calling("first", "RUN-1", "Other")
        writer.called("first", gives({"id": 1}))
        writer.step(call_of("second"), calling, 0.1)
        writer.calling("second", "RUN-2", "Other")

    plan = plan_of(tmp_path, whole)

    assert dict(plan.outcomes) == {"trigger": gives(), "first": calling, "second": calling}
    assert (dict(plan.answers), plan.children) == (
        {"first": gives({"id": 1})},
        {"first": "RUN-1", "second": "RUN-2"},
    )


def test_of_a_step_whose_called_flow_failed_only_the_answer_is_forgotten(tmp_path):
    whole = integration("Trigger\nFirst")
    calling = gives(call=FlowCall("Other"))
    failed = Failed("flow-failed", "no")
    with begin(tmp_path, whole) as writer:
        writer.step(call_of("trigger"), gives(), 0.1)
        writer.step(call_of("first"), calling, 0.1)
        writer.calling("first", "RUN-1", "Other")
        writer.called("first", failed)

    plan = plan_of(tmp_path, whole)

    assert plan.forgotten == ("first",)
    assert (plan.outcomes["first"], dict(plan.answers), plan.children) == (calling, {}, {"first": "RUN-1"})


def test_each_wait_that_was_waited_out_is_over_once(tmp_path):
    whole = integration("Trigger\nNap")
    with begin(tmp_path, whole) as writer:
        writer.waited("nap", 5.0, "retry")
        writer.waited("nap", 10.0, "retry")
        writer.waited("nap", 1.0, "sleep")

    plan = plan_of(tmp_path, whole)

    retry, sleep = Waiting("nap", 5.0, "retry"), Waiting("nap", 1.0, "sleep")
    assert [plan.waited(wait) for wait in (retry, retry, retry, sleep, sleep)] == [
        True,
        True,
        False,
        True,
        False,
    ]


def test_the_waits_of_a_step_that_is_made_again_are_not_over(tmp_path):
    whole = integration("Trigger\nNap | retry 1 every 5")
    with begin(tmp_path, whole) as writer:
        writer.step(call_of("trigger"), gives(), 0.1)
        writer.step(call_of("nap"), fails(), 0.1)
        writer.waited("nap", 5.0, "retry")
        writer.step(call_of("nap")._replace(path="nap#2", attempt=2), fails(), 0.1)

    plan = plan_of(tmp_path, whole)

    assert plan.forgotten == ("nap", "nap#2")
    assert not plan.waited(Waiting("nap", 5.0, "retry"))


def test_it_is_known_whether_the_state_was_saved(tmp_path):
    whole = integration("Trigger")
    with begin(tmp_path, whole) as writer:
        assert not Journal(known(tmp_path)).is_state_saved
        writer.state_saved()

    assert plan_of(tmp_path, whole).is_state_saved


def test_the_end_of_a_resumed_run_is_the_end_of_the_whole(tmp_path):
    whole = integration(ORDERS)
    record(tmp_path, whole, SCRIPT, most=12)
    assert known(tmp_path).status == "interrupted"

    _, events = resume(known(tmp_path), whole, Scripted(SCRIPT))

    assert sum(isinstance(event, StepStarting) for event in events) == known(tmp_path).end.steps == 10
    assert isinstance(events[-1], RunFinished)
