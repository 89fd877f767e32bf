"""The text of a run where it is hard to come by: interrupted, slow, crowded, or with hostile names."""

# ruff: noqa: RUF001 - the multiplication sign is what is shown

import io
from itertools import count

import pytest

from runs import code, flow, integration, loop, step
from xchange_cli.components.spec import ActionResult
from xchange_cli.document.parse import parse
from xchange_cli.engine.events import (
    Cause,
    Execution,
    Failure,
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    Nested,
    Response,
    RunFinished,
    RunStarted,
    Status,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.run_text import render
from xchange_cli.model.build import build
from xchange_cli.redaction import Redactor
from xchange_cli.source import Source

LOOP = flow(loop("Each", "trigger.results", code("Inner Step", ""), loop("Lines", "x.y", code("Deep", ""))))


def shown(text, *events, seconds=0.0, **more):
    """Render events of a flow; each look at the clock finds it `seconds` later."""
    ticks = count()
    model = build(parse(Source("integration.yml", integration(text))).root)

    def all_events():
        for event in (RunStarted("Flow"), *events):
            if isinstance(event, BaseException):
                raise event
            yield event

    out = io.StringIO()
    view = RunView("RUN", model.flows[0], all_events(), Redactor(()), lambda: next(ticks) * seconds, **more)
    try:
        render(view, out)
    finally:
        shown.last = out.getvalue()
    return shown.last


def starting(path, ref, attempt=1):
    return StepStarting(StepCall(path, ref, "c", "a", {}, attempt, {}))


def finished(path, ref, data=None, branch=None):
    return StepFinished(path, ref, 1, ActionResult(data, branch=branch))


DONE = RunFinished(Status.SUCCESS, None, None, {})


def test_an_interrupted_loop_shows_how_far_it_came():
    events = (
        starting("each", "each"),
        LoopStarted("each", "each", 9),
        IterationStarting("each", "each", 0),
        starting("each[0]/innerStep", "innerStep"),
        LogWritten("each[0]/innerStep", "INFO", "hello"),
        finished("each[0]/innerStep", "innerStep"),
        IterationStarting("each", "each", 1),
        KeyboardInterrupt(),
    )
    with pytest.raises(KeyboardInterrupt):
        shown(LOOP, *events)
    assert shown.last == (
        "Flow (run RUN)\n\n"
        "✗ Each         loopOverItems    0.0 ms  interrupted at 2 of 9\n"
        "  ✓ Inner Step runCode          0.0 ms  ×1\n"
        "  │ each[0]: INFO hello\n"
    )


def test_loops_around_a_failure_are_shown_as_failed():
    failure = Failure("each[0]/lines[3]/deep", "deep", "mocked", "no", None)
    events = (
        starting("each", "each"),
        LoopStarted("each", "each", 2),
        IterationStarting("each", "each", 0),
        starting("each[0]/lines", "lines"),
        LoopStarted("each[0]/lines", "lines", 7),
        IterationStarting("each[0]/lines", "lines", 3),
        starting("each[0]/lines[3]/deep", "deep"),
        StepFailed(failure, 1, Handling.ENDED_RUN),
        RunFinished(Status.ERROR, failure, None, {}),
    )
    assert shown(LOOP, *events).splitlines()[2:5] == [
        "✗ Each         loopOverItems    0.0 ms  failed at 1 of 2",
        "  ✗ Lines      loopOverItems    0.0 ms  ×1, 1 failed",
        "    ✗ Deep     runCode          0.0 ms  ×1, 1 failed",
    ]


def test_what_ten_seconds_and_more_took_is_shown_in_seconds():
    text = shown(flow(), starting("trigger", "trigger"), finished("trigger", "trigger"), DONE, seconds=12.5)
    assert text.splitlines()[2] == "✓ Trigger webhook    12.5 s"


def test_retried_attempts_count_as_one_step_with_the_time_of_all():
    failure = Failure("trigger", "trigger", "mocked", "no", None)
    text = shown(
        flow(),
        starting("trigger", "trigger"),
        StepFailed(failure, 1, Handling.RETRIED),
        starting("trigger#2", "trigger", attempt=2),
        finished("trigger", "trigger", 1),
        DONE,
        seconds=0.5,
    )
    assert text.splitlines()[2:4] == [
        "✓ Trigger webhook 1000.0 ms  1 B",
        "│ attempt 1 failed: no",
    ]
    assert "\nsuccess: 1 step in " in text


def test_a_detail_that_does_not_fit_stands_below():
    names = [f"Branch Number {number}" for number in range(6)]
    events = [starting("each", "each"), LoopStarted("each", "each", 6)]
    for index, name in enumerate(names):
        path = f"each[{index}]/innerStep"
        events += [starting(path, "innerStep"), finished(path, "innerStep", branch=name)]
    lines = shown(LOOP, *events, finished("each", "each", []), DONE).splitlines()
    assert lines[3] == "  ✓ Inner Step runCode          0.0 ms"
    assert lines[4].startswith("  │ → Branch Number 0 ×1, → Branch Number 1 ×1,")
    assert all(len(line) <= 80 for line in lines)


def test_names_cannot_steer_the_terminal():
    hostile = step('"\\e[2Jname\\nof two lines"', "sleep", "sleep", ms="1")
    text = shown(flow(hostile), starting("2jnameOfTwoLines", "2jnameOfTwoLines"), DONE)
    assert "\x1b" not in text
    text = shown(flow(hostile), starting("x", "x"), finished("2jnameOfTwoLines", "2jnameOfTwoLines"), DONE)
    assert "✓ �[2Jname�of two lines sleep" in text


def test_a_step_that_the_flow_does_not_have_is_shown_by_its_key():
    assert "✓ unknown" in shown(flow(), starting("unknown", "unknown"), finished("unknown", "unknown"), DONE)


# --- executions that lead to others


def execution(run_id, cause=Cause.CROSS_FLOW, **more):
    """An execution of a flow with a trigger, which the flow's trigger has called."""
    model = build(parse(Source("integration.yml", integration(flow(name="Child")))).root)
    return Execution(run_id, model.flows[0], cause, **{"parent": "RUN", "path": "trigger", **more})


def nested(one, *events):
    return [Nested(one, event) for event in (RunStarted("Child"), *events)]


TRIGGERED = (starting("trigger", "trigger"), finished("trigger", "trigger", 1))
REFUSED = Failure("trigger", "trigger", "mocked", "no", None)
FAILED = (
    starting("trigger", "trigger"),
    StepFailed(REFUSED, 1, Handling.ENDED_RUN),
    RunFinished(Status.ERROR, REFUSED, None, {}),
)


def test_an_interrupted_called_flow_shows_how_far_it_came():
    called = nested(execution("CHILD", waited_for=True), *TRIGGERED, starting("more", "more"))
    with pytest.raises(KeyboardInterrupt):
        shown(flow(), starting("trigger", "trigger"), *called, KeyboardInterrupt())
    assert shown.last == (
        "Flow (run RUN)\n\n"
        "✗ Trigger webhook    0.0 ms  interrupted\n"
        "│ Child (run CHILD)\n"
        "│ ✓ Trigger webhook    0.0 ms  1 B\n"
        "│ ✗ more               0.0 ms  interrupted\n"
    )


def test_a_called_flow_that_did_not_keep_its_state_says_so_below_the_step():
    failure = Failure("", "", "state-not-saved", "the disk is full", None)
    called = nested(
        execution("CHILD", waited_for=True),
        *TRIGGERED,
        Warned("", "another run has changed it", None),
        RunFinished(Status.ERROR, failure, None, {}),
    )
    text = shown(flow(), starting("trigger", "trigger"), *called, finished("trigger", "trigger"), DONE)
    assert text == (
        "Flow (run RUN)\n\n"
        "✓ Trigger webhook    0.0 ms\n"
        "│ Child (run CHILD)\n"
        "│ ✓ Trigger webhook    0.0 ms  1 B\n"
        "│ warning: another run has changed it\n"
        "│ failed: the disk is full\n"
        "\nsuccess: 2 steps in 0.00 s, 2 executions, 1 failed\n"
    )


def test_a_run_that_could_not_keep_its_state_has_failed_as_a_whole():
    failure = Failure("", "", "state-not-saved", "the disk is full", None)
    ended = RunFinished(Status.ERROR, failure, None, {})
    text = shown(flow(), *TRIGGERED, Warned("", "another run has changed it", None), ended, is_recorded=True)
    assert text == (
        "Flow (run RUN)\n\n"
        "✓ Trigger webhook    0.0 ms  1 B\n"
        "\nfailed: the run as a whole\n"
        "  the disk is full\n"
        "\nwarning: another run has changed it\n"
        "\nerror: 1 step in 0.00 s\n"
        "`xchange run --resume RUN` goes on\n"
    )


def test_a_called_flow_that_finds_nothing_new_says_so_below_the_step():
    ended = RunFinished(Status.NO_CHANGES, None, None, {})
    called = nested(execution("CHILD", waited_for=True), *TRIGGERED, ended)
    text = shown(flow(), starting("trigger", "trigger"), *called, finished("trigger", "trigger"), DONE)
    assert "│ no changes: the trigger found nothing new\n" in text


def test_a_flow_is_run_again_after_a_time_that_its_head_tells():
    retried = execution("AGAIN", Cause.RETRY, attempt=2)
    waiting = Nested(retried, Waiting("", 300.0, "flow-retry"))
    text = shown(flow(), *FAILED, waiting, *nested(retried, *TRIGGERED, DONE))
    assert "\nChild (run AGAIN, retry 1 after 5 min)\n\n✓ Trigger" in text
    assert text.endswith("\nsuccess: 2 steps in 0.00 s, 2 executions, 1 failed\n")


def repeated(*endings):
    return [
        event
        for number, ending in enumerate(endings)
        for event in nested(execution(f"RUN-{number}"), *TRIGGERED, *ending)
    ]


def test_of_many_executions_of_a_flow_the_first_and_those_that_failed_are_shown_whole():
    text = shown(flow(), *TRIGGERED, DONE, *repeated(*[[DONE]] * 6, FAILED[1:], [DONE]))
    lines = text.splitlines()
    assert lines[lines.index("Child (run RUN-4, called by `Trigger` of `Flow`)") :] == [
        "Child (run RUN-4, called by `Trigger` of `Flow`)",
        "",
        "✓ Trigger webhook    0.0 ms  1 B",
        "",
        "✓ Child (run RUN-5): 1 step in 0.00 s",
        "",
        "Child (run RUN-6, called by `Trigger` of `Flow`)",
        "",
        "✓ Trigger webhook    0.0 ms  1 B",
        "✗ Trigger webhook    0.0 ms",
        "",
        "failed: Trigger",
        "  no",
        "",
        "✓ Child (run RUN-7): 1 step in 0.00 s",
        "",
        "error: 9 steps in 0.00 s, 9 executions, 1 failed",
    ]


def test_an_interrupted_execution_among_many_is_shown_whole():
    with pytest.raises(KeyboardInterrupt):
        shown(flow(), *TRIGGERED, DONE, *repeated(*[[DONE]] * 5, []), KeyboardInterrupt())
    assert shown.last.endswith(
        "\nChild (run RUN-5, called by `Trigger` of `Flow`)\n\n✓ Trigger webhook    0.0 ms  1 B\n"
    )


def test_a_failure_deep_in_called_flows_names_the_steps_that_wait_for_it():
    outer = execution("OUTER", waited_for=True)
    inner = execution("INNER", waited_for=True, parent="OUTER")
    caused = Failure("trigger", "trigger", "flow-failed", "the flow `Child` failed: no", None)
    failing = (StepFailed(caused, 1, Handling.ENDED_RUN), RunFinished(Status.ERROR, caused, None, {}))
    text = shown(
        flow(),
        starting("trigger", "trigger"),
        *nested(outer, starting("trigger", "trigger")),
        *nested(inner, *FAILED),
        *(Nested(outer, event) for event in failing),
        *failing,
        is_recorded=True,
    )
    assert text == (
        "Flow (run RUN)\n\n"
        "✗ Trigger webhook    0.0 ms\n"
        "│ Child (run OUTER)\n"
        "│ ✗ Trigger webhook    0.0 ms\n"
        "│ │ Child (run INNER)\n"
        "│ │ ✗ Trigger webhook    0.0 ms\n"
        "│ │ │ failed: no\n"
        "\nfailed: Trigger of `Child`, called by `Trigger`, called by `Trigger`\n"
        "  no\n"
        "\nerror: 3 steps in 0.00 s, 3 executions, 3 failed\n"
        "`xchange run --resume RUN` goes on from `Trigger`\n"
        "`xchange runs show INNER trigger` shows its inputs\n"
    )


def test_a_run_that_is_gone_on_with_says_so_above_its_steps():
    assert shown(LOOP, DONE, is_resumed=True, config_name="dev").startswith(
        "Flow (run RUN, resumed, config dev)\n"
    )


@pytest.mark.parametrize(("is_past", "option"), [(False, "--output jsonl"), (True, "--output json")])
def test_the_option_that_shows_all_notes_is_one_of_the_command_that_shows_the_run(is_past, option):
    notes = (LogWritten("each[0]/innerStep", "INFO", f"note {number}") for number in range(7))
    events = (
        starting("each", "each"),
        LoopStarted("each", "each", 1),
        IterationStarting("each", "each", 0),
        starting("each[0]/innerStep", "innerStep"),
        *notes,
        DONE,
    )

    assert f"… 2 more; {option} shows all\n" in shown(LOOP, *events, is_past=is_past)


def test_a_note_without_a_label_stands_one_blank_behind_its_pass():
    events = (
        starting("each", "each"),
        LoopStarted("each", "each", 1),
        IterationStarting("each", "each", 0),
        starting("each[0]/innerStep", "innerStep"),
        Waiting("each[0]/innerStep", 1.5, "sleep"),
        DONE,
    )

    assert "│ each[0]: waiting 1.5 s (sleep)\n" in shown(LOOP, *events)


NAMED = RunFinished(Status.SUCCESS, None, Response(200, "application/json", {}, {"executionId": "RUN"}), {})
POINTER = "`xchange runs show RUN 'each[0]/innerStep'` shows the last result\n"


@pytest.mark.parametrize(
    ("finish", "more", "is_shown"),
    [
        (NAMED, {"is_recorded": True}, True),
        (NAMED, {"is_past": True}, True),
        (NAMED, {}, False),
        (
            NAMED._replace(response=Response(200, "application/json", {}, {"id": 1})),
            {"is_recorded": True},
            False,
        ),
    ],
)
def test_an_answer_that_only_names_the_run_is_followed_by_where_its_last_result_is(finish, more, is_shown):
    events = (
        starting("each", "each"),
        starting("each[0]/innerStep", "innerStep"),
        finished("each[0]/innerStep", "innerStep"),
        finish,
    )

    assert (POINTER in shown(LOOP, *events, **more)) is is_shown
