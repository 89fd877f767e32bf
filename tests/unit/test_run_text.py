"""The text of a run where it is hard to come by: interrupted, slow, crowded, or with hostile names."""

# ruff: noqa: RUF001 - the multiplication sign is what is shown

import io
from itertools import count

import pytest

from runs import code, flow, integration, loop, step
from xchange_cli.components.spec import ActionResult
from xchange_cli.document.parse import parse
from xchange_cli.engine.events import (
    Failure,
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    RunFinished,
    RunStarted,
    Status,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.run_text import render
from xchange_cli.model.build import build
from xchange_cli.redaction import Redactor
from xchange_cli.source import Source

LOOP = flow(loop("Each", "trigger.results", code("Inner Step", ""), loop("Lines", "x.y", code("Deep", ""))))


def shown(text, *events, seconds=0.0, out=None):
    """Render events of a flow; each look at the clock finds it `seconds` later."""
    ticks = count()
    model = build(parse(Source("integration.yml", integration(text))).root)

    def all_events():
        for event in (RunStarted("Flow"), *events):
            if isinstance(event, BaseException):
                raise event
            yield event

    out = out or io.StringIO()
    view = RunView("RUN", model.flows[0], all_events(), Redactor(()), lambda: next(ticks) * seconds)
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


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_far_loops_are_and_wipes_it_away(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    events = (
        starting("each", "each"),
        LoopStarted("each", "each", 2),
        IterationStarting("each", "each", 0),
        starting("each[0]/lines", "lines"),
        LoopStarted("each[0]/lines", "lines", 20_000),
        IterationStarting("each[0]/lines", "lines", 1_999),
        finished("each[0]/lines", "lines", []),
        finished("each", "each", [[]]),
        DONE,
    )
    text = shown(LOOP, *events, seconds=1.0, out=Terminal())
    drawn = [part.partition("\x1b[K")[0] for part in text.split("\r")[1:]]
    assert drawn == [
        "\x1b[2m  Each …\x1b[0m",
        "\x1b[2m  Each 0 of 2 …\x1b[0m",
        "\x1b[2m  Each 0 of 2 › Lines 1,999 of 20,000 …\x1b[0m",
        "",
    ]
    assert "\x1b[32m✓\x1b[0m Each" in text
