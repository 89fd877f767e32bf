"""Laws of runs: they replay, repeat, and call every step by a path of its own."""

from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings

from flow_strategies import Dealer, programs, seeds
from flows import CATALOG, FOREVER, HandClock, gives, integration_of, step
from xchange_cli.engine.driver import drive
from xchange_cli.engine.events import (
    Handling,
    RunFinished,
    RunStarted,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
)
from xchange_cli.engine.interpreter import ExecutionContext, run
from xchange_cli.engine.journal import RecordingPerformer, ReplayPerformer
from xchange_cli.engine.program import compile_flow
from xchange_cli.errors import ErrorCode, XchangeError

MOST_EVENTS = 2000
"""Retries in loops in loops grow fast; the laws hold for the beginning of a run as well."""

runs = settings(max_examples=150, deadline=None)


def happened(program, performer):
    started = drive(run(program, ExecutionContext("run-1")), performer, HandClock(), FOREVER, waits=False)
    return list(islice(started, MOST_EVENTS))


@runs
@given(programs, seeds)
def test_a_run_from_its_own_recorded_outcomes_has_exactly_the_same_events(program, seed):
    recorded = {}

    recording = RecordingPerformer(
        Dealer(seed), lambda call, outcome, _: recorded.__setitem__(call.path, outcome), HandClock().monotonic
    )
    live = happened(program, recording)

    assert happened(program, ReplayPerformer(recorded)) == live


@runs
@given(programs, seeds)
def test_two_identical_runs_are_equal(program, seed):
    assert happened(program, Dealer(seed)) == happened(program, Dealer(seed))


@runs
@given(programs, seeds)
def test_no_two_calls_of_a_run_have_the_same_path(program, seed):
    paths = Counter(
        event.call.path for event in happened(program, Dealer(seed)) if isinstance(event, StepStarting)
    )

    assert set(paths.values()) == {1}


@runs
@given(programs, seeds)
def test_every_call_is_followed_by_one_end_but_for_the_loops_around_the_last_step(program, seed):
    events = happened(program, Dealer(seed))
    open_calls = []

    for event in events:
        match event:
            case StepStarting(call):
                open_calls.append((call.path.partition("#")[0], call.attempt))
            case StepFinished(path, _, attempt, _):
                assert open_calls.pop() == (path, attempt)
            case StepFailed(failure, attempt, _):
                assert open_calls.pop() == (failure.path, attempt)

    last_call = [event.call.path for event in events if isinstance(event, StepStarting)][-1]
    if isinstance(events[-1], RunFinished):
        assert all(last_call.startswith(f"{loop}[") for loop, _ in open_calls)


@runs
@given(programs, seeds)
def test_a_run_ends_once_and_with_the_failure_that_ended_it(program, seed):
    events = happened(program, Dealer(seed))
    kinds = [type(event) for event in events]
    ended_by = [e.failure for e in events if isinstance(e, StepFailed) and e.handling is Handling.ENDED_RUN]

    assert kinds.index(RunStarted) == 0
    assert kinds.count(RunStarted) == 1
    if len(events) < MOST_EVENTS:
        assert kinds.index(RunFinished) == len(events) - 1
        assert ended_by == [failure for failure in [events[-1].failure] if failure]


@runs
@given(programs, seeds)
def test_a_failed_attempt_waits_before_the_next_one_and_nothing_else_does(program, seed):
    for event, after in pairwise(happened(program, Dealer(seed))):
        is_retried = isinstance(event, StepFailed) and event.handling is Handling.RETRIED
        is_delay = isinstance(after, Waiting) and after.reason == "retry"
        assert is_retried == is_delay
        assert not is_retried or after.path == event.failure.path


def test_a_replay_says_where_the_recorded_run_did_not_come_to():
    program = compile_flow(integration_of(step("One"), step("Two")).flows[0], CATALOG)

    with pytest.raises(XchangeError) as caught:
        happened(program, ReplayPerformer({"one": gives(1)}))

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.INVALID,
        "the recorded run has no outcome for two",
    )
