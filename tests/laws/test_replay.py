"""Laws of runs, on flows and outcomes that nobody thought of."""

import os
import random
import sys
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import CATALOG, FOREVER, HandClock, gives, integration_of, reference, step
from xchange_cli.components.spec import ActionResult, LogLine
from xchange_cli.engine.driver import drive
from xchange_cli.engine.events import (
    Done,
    Failed,
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
from xchange_cli.expression.step_names import step_ref

# --- flows: names may repeat, references may lead anywhere, branches may be missing

DEPTH = 4
NAMES = ("Trigger", "Get Order", "Send", "Send", "Check", "Each", "Save It", "A", "B", "C", "D", "É")
BRANCHES = ("Big", "Small", "Else")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
paths = st.builds(
    lambda name, rest: step_ref(name) + rest,
    st.sampled_from(NAMES),
    st.sampled_from([".results", ".currentItem", ".index", ".results.a.b", ".results.0", ".gone"]),
)
inputs = st.dictionaries(
    st.sampled_from("xyz"),
    paths.map(reference) | paths.map(lambda path: {"type": "template", "value": f"it is {{{{${path}}}}}"}),
    max_size=2,
)
error_configs = st.none() | st.fixed_dictionaries({
    "errorHandlerType": st.sampled_from(["fail", "ignore", "retry", "retry"]),
    "maxAttempts": st.integers(0, 3),
    "delaySeconds": st.integers(0, 60),
    "usesExponentialBackoff": st.booleans(),
    "ignoreFinalError": st.booleans(),
})  # fmt: skip


@st.composite
def steps(draw, depth=DEPTH):
    name, kind = draw(st.sampled_from(NAMES)), draw(st.sampled_from(["leaf", "leaf", "loop", "branches"]))
    more = {"errorConfig": config} if (config := draw(error_configs)) else {}
    inner = st.lists(steps(depth - 1), max_size=3) if depth > 1 else st.just([])
    if kind == "loop":
        more["steps"] = draw(inner)
    elif kind == "branches":
        names = draw(st.lists(st.sampled_from(BRANCHES), max_size=3))
        more["branches"] = [{"name": branch, "steps": draw(inner)} for branch in names]
    return step(name, draw(inputs), isTrigger=name == "Trigger", **more)


# --- outcomes: whatever an action could say

said = st.tuples(
    st.lists(st.builds(LogLine, st.just("INFO"), st.text(max_size=3)), max_size=2).map(tuple),
    st.lists(st.sampled_from(["odd", "odder"]), max_size=1).map(tuple),
)
results = st.one_of(
    st.builds(ActionResult, json_values),
    st.builds(ActionResult, json_values, branch=st.sampled_from(BRANCHES)),
    st.builds(ActionResult, items=st.lists(json_values, max_size=2)),
    st.builds(ActionResult, items=st.integers(0, 2).map(range)),
    st.builds(ActionResult, json_values, wait=st.floats(0, 9), state=st.just({"instanceState": {"n": 1}})),
    st.builds(ActionResult, json_values, answer=json_values, status_code=st.just(202)),
)
turns = st.sampled_from([ActionResult(break_loop=True), ActionResult("end", stop=True)])
done = st.builds(lambda result, heard: Done(result, *heard), st.one_of(results, results, results, turns), said)
failed = st.builds(
    lambda kind, heard, is_final: Failed(kind, "no", *heard, "x", 1, is_final),
    st.sampled_from(["action-failed", "timeout"]),
    said,
    st.sampled_from([False, False, False, True]),
)
outcomes = st.lists(st.one_of(done, done, done, failed), min_size=1, max_size=12)
flows = st.lists(steps(), max_size=4).map(lambda made: compile_flow(integration_of(*made).flows[0], CATALOG))


class Dealt:
    """Deals the outcomes one after the other, and over again."""

    def __init__(self, dealt):
        self._dealt = dealt
        self._next = 0

    def perform(self, _call):
        self._next += 1
        return self._dealt[(self._next - 1) % len(self._dealt)]


MOST_EVENTS = 3000
"""Retries in loops in loops grow fast; the laws hold for the beginning of a run as well."""


def happened(program, performer):
    started = drive(run(program, ExecutionContext("run-1")), performer, HandClock(), FOREVER, waits=False)
    return [event for event, _ in zip(started, range(MOST_EVENTS), strict=False)]


runs = settings(max_examples=150, deadline=None)


@runs
@given(flows, outcomes)
def test_a_run_from_its_own_recorded_outcomes_has_exactly_the_same_events(program, dealt):
    recorded = {}

    live = happened(program, RecordingPerformer(Dealt(dealt), recorded.__setitem__))

    assert happened(program, ReplayPerformer(recorded)) == live


@runs
@given(flows, outcomes)
def test_two_identical_runs_are_equal(program, dealt):
    assert happened(program, Dealt(dealt)) == happened(program, Dealt(dealt))


@runs
@given(flows, outcomes)
def test_no_two_calls_of_a_run_have_the_same_path(program, dealt):
    paths = [event.call.path for event in happened(program, Dealt(dealt)) if isinstance(event, StepStarting)]

    assert Counter(paths) == Counter(set(paths))


@runs
@given(flows, outcomes)
def test_every_call_is_followed_by_one_end_but_for_loops_around_the_last_step(program, dealt):
    events = happened(program, Dealt(dealt))
    open_calls: list[str] = []

    for event in events:
        if isinstance(event, StepStarting):
            open_calls.append(event.call.path)
        elif isinstance(event, StepFinished | StepFailed):
            path = event.failure.path if isinstance(event, StepFailed) else event.path
            assert open_calls.pop() == (path if event.attempt == 1 else f"{path}#{event.attempt}")

    last = [event.call.path for event in events if isinstance(event, StepStarting)][-1:]
    if isinstance(events[-1], RunFinished):
        assert all(last[0].startswith(f"{path.partition('#')[0]}[") for path in open_calls)


@runs
@given(flows, outcomes)
def test_a_run_begins_and_ends_once_and_fails_with_the_failure_that_ended_it(program, dealt):
    events = happened(program, Dealt(dealt))
    if len(events) == MOST_EVENTS:
        return
    ended_by = [e.failure for e in events if isinstance(e, StepFailed) and e.handling is Handling.ENDED_RUN]

    assert [at for at, e in enumerate(events) if isinstance(e, RunStarted)] == [0]
    assert [at for at, e in enumerate(events) if isinstance(e, RunFinished)] == [len(events) - 1]
    assert ended_by == ([events[-1].failure] if events[-1].failure else [])


@runs
@given(flows, outcomes)
def test_a_failed_attempt_is_followed_by_another_only_after_its_wait(program, dealt):
    events = happened(program, Dealt(dealt))

    for event, after in zip(events, events[1:], strict=False):
        is_retried = isinstance(event, StepFailed) and event.handling is Handling.RETRIED
        is_wait = isinstance(after, Waiting) and after.reason == "retry"
        assert is_retried == is_wait
        if is_retried:
            assert after.path == event.failure.path


def test_a_replay_says_where_the_recorded_run_did_not_come_to():
    program = compile_flow(integration_of(step("One"), step("Two")).flows[0], CATALOG)

    with pytest.raises(XchangeError) as caught:
        happened(program, ReplayPerformer({"one": gives(1)}))

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.INVALID,
        "the recorded run has no outcome for two",
    )


# --- the interpreter knows nothing of the world


class Touched(BaseException):
    """The interpreter looked at what it must not."""


_forbidden = False


def _audit(event, _args):
    if _forbidden and event.partition(".")[0] in {"open", "os", "socket", "subprocess", "import", "time", "pathlib"}:
        raise Touched(event)


def _refuse(*args, **named):
    raise Touched


@contextmanager
def blindfold():
    """Let nobody look at clock, chance, environment or files."""
    global _forbidden  # noqa: PLW0603 - an audit hook cannot be taken away, only told to keep still
    with pytest.MonkeyPatch.context() as patch:
        for module in (time, random):
            for name in (name for name in dir(module) if name.islower() and callable(getattr(module, name))):
                patch.setattr(module, name, _refuse)
        patch.setattr(os, "urandom", _refuse)
        patch.setattr(os, "getenv", _refuse)
        patch.setattr(type(os.environ), "__getitem__", _refuse)
        _forbidden = True
        try:
            yield
        finally:
            _forbidden = False


def test_the_blindfold_notices_whoever_looks():
    _watch()
    for look in (time.monotonic, random.random, lambda: os.environ["PATH"], lambda: open(os.devnull).close()):  # noqa: SIM115, PTH123
        with pytest.raises(Touched), blindfold():
            look() if look.__name__ == "<lambda>" else getattr(sys.modules[look.__module__], look.__name__)()


def _watch(watching=[]):  # noqa: B006 - once a process
    if not watching:
        sys.addaudithook(_audit)
        watching.append(True)


@settings(max_examples=60, deadline=None)
@given(flows, outcomes)
def test_the_interpreter_alone_looks_at_no_clock_chance_environment_or_file(program, dealt):
    _watch()
    events, performer, answer = run(program, ExecutionContext("run-1")), Dealt(dealt), None

    with blindfold():
        for _ in range(MOST_EVENTS):
            try:
                event = events.send(answer)
            except StopIteration:
                break
            answer = performer.perform(event.call) if isinstance(event, StepStarting) else None
