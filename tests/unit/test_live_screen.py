"""What is drawn below the lines of a run while it goes on."""

import re
import threading

import pytest

from runs import flow, integration, step
from terminals import Terminal, screen
from xchange_cli.components.spec import ActionResult
from xchange_cli.document.parse import parse
from xchange_cli.engine.events import (
    Cause,
    Execution,
    IterationStarting,
    LoopStarted,
    RunFinished,
    RunStarted,
    Status,
    StepCall,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.drawing import Drawing, duration
from xchange_cli.formats.running.screen import LiveScreen, Pace, PlainScreen, Size, screen_of
from xchange_cli.formats.style import Style
from xchange_cli.model.build import build
from xchange_cli.source import Source

AT_ONCE = Pace(first=0.0, between=0.0)


class Drawings:
    """Gives drawings one after the other; `seen` waits until so many have been asked for."""

    def __init__(self, *drawings):
        self.drawings = list(drawings)
        self.asked = threading.Semaphore(0)

    def __call__(self, size):
        self.asked.release()
        return self.drawings.pop(0) if len(self.drawings) > 1 else self.drawings[0]

    def seen(self, times=3):
        for _ in range(times):
            assert self.asked.acquire(timeout=30)


def test_lines_that_stay_scroll_away_above_the_drawing():
    out, drawings = Terminal(), Drawings(["⠋ One", "  ⠋ Two"])
    live = LiveScreen(out, lambda: drawings, AT_ONCE)
    drawings.seen()
    live.write("✓ first\n")
    assert screen(out.getvalue()) == ["✓ first", "⠋ One", "  ⠋ Two"]
    live.write("✓ second\n✓ third\n")
    assert screen(out.getvalue()) == ["✓ first", "✓ second", "✓ third", "⠋ One", "  ⠋ Two"]
    live.leave()
    assert screen(out.getvalue()) == ["✓ first", "✓ second", "✓ third", ""]


def test_a_smaller_drawing_leaves_nothing_of_a_larger_one():
    out, drawings = Terminal(), Drawings(["a long line", "another", "a third"], ["short"])
    live = LiveScreen(out, lambda: drawings, AT_ONCE)
    drawings.seen()
    live.write("✓ first\n")
    assert screen(out.getvalue()) == ["✓ first", "short"]
    live.leave()


def test_each_change_of_the_screen_is_one_write_so_that_nothing_flickers():
    out, drawings = Terminal(), Drawings(["one", "two"], ["three"], ["four", "five"])
    live = LiveScreen(out, lambda: drawings, AT_ONCE)
    drawings.seen(5)
    live.write("✓ first\n")
    live.leave()
    shown = ["".join(out.writes[:number]) for number in range(1, len(out.writes))]
    drawn = [[line for line in screen(one) if line] for one in shown]
    assert all(lines for lines in drawn)
    assert drawn[-1] == ["✓ first", "four", "five"]


def test_the_same_drawing_is_written_once():
    out, drawings = Terminal(), Drawings(["one"])
    live = LiveScreen(out, lambda: drawings, AT_ONCE)
    drawings.seen(5)
    assert len(out.writes) == 1
    live.leave()


def test_a_run_that_is_soon_over_draws_nothing_and_makes_no_drawing():
    made = []
    out = Terminal()
    live = LiveScreen(out, lambda: made.append(1), Pace(first=60.0))
    live.write("✓ first\n")
    live.leave()
    live.leave()
    assert (made, out.getvalue()) == ([], "✓ first\n")


def test_a_terminal_that_has_gone_ends_the_drawing_without_a_word(capfd):
    class Gone(Terminal):
        def write(self, text):
            raise OSError

    drawings = Drawings(["one"])
    live = LiveScreen(Gone(), lambda: drawings, AT_ONCE)
    drawings.seen(1)
    live.leave()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("is_on", "encoding", "kind"),
    [(True, "utf-8", LiveScreen), (True, "cp437", PlainScreen), (False, "utf-8", PlainScreen)],
)
def test_only_terminals_that_can_be_steered_and_know_the_characters_have_drawings(is_on, encoding, kind):
    class Stream(Terminal):
        @property
        def encoding(self):
            return encoding

    made = screen_of(Stream(), Style(is_on=is_on), lambda: Drawings([]))
    made.leave()
    assert type(made) is kind


# --- what the drawings say

NESTED = step(
    "Outer Loop",
    "loop",
    "loopOverItems",
    items="{type: reference, value: trigger.results}",
    more="steps:\n"
    + step(
        "Inner", "loop", "loopNTimes", iterationCount="9", more="steps:\n" + step("Post", "http", "httpPost")
    ),
)


class Doing:
    """A course that events are told of, at times of a clock that the test turns on."""

    def __init__(self):
        self.time = 100.0
        model = build(parse(Source("i.yml", integration(flow(NESTED), flow(name="Child")))).root)
        self.flows = {one.name: one for one in model.flows}
        self.courses = []
        self.drawing = Drawing(self.courses, lambda: self.time)
        self.course("Flow", "RUN")

    def course(self, name, run_id, **more):
        self.courses.append(Course(Execution(run_id, self.flows[name], **more), lambda: self.time))

    def happens(self, *events):
        for event in events:
            self.courses[-1].event(event)
        return self

    def later(self, seconds):
        self.time += seconds
        return self

    def lines(self, columns=80, lines=24):
        shown = screen("\n".join(self.drawing.lines(Size(columns, lines))))
        assert all(len(line) < columns for line in shown)
        return [re.sub("[╸╺]", "━", line.replace(self.spinner(), "*")) for line in shown]

    def spinner(self):
        return self.drawing._frame().plain


def starting(path, ref):
    return StepStarting(StepCall(path, ref, "c", "a", {}, 1, {}))


LOOPS = (
    starting("outerLoop", "outerLoop"),
    LoopStarted("outerLoop", "outerLoop", 20),
    IterationStarting("outerLoop", "outerLoop", 5),
    starting("outerLoop[5]/inner", "inner"),
    LoopStarted("outerLoop[5]/inner", "inner", 40_000),
    IterationStarting("outerLoop[5]/inner", "inner", 10_000),
    starting("outerLoop[5]/inner[10000]/post", "post"),
)


def test_the_step_under_way_is_drawn_with_its_time():
    doing = Doing().happens(RunStarted("Flow"), starting("trigger", "trigger")).later(3.2)
    assert doing.lines() == ["* Trigger 3.2 s"]
    assert doing.later(242).lines() == ["* Trigger 4:05"]
    assert doing.happens(StepFinished("trigger", "trigger", 1, ActionResult())) is doing


def test_loops_are_drawn_with_bars_and_a_step_inside_when_it_takes_long():
    doing = Doing().happens(*LOOPS)
    assert doing.lines() == [
        f"* Outer Loop {'━' * 30}  5 of 20",
        f"  * Inner {'━' * 30} 10,000 of 40,000",
    ]
    assert doing.later(0.6).lines()[2] == "    * Post 0.6 s"


def test_a_loop_of_some_time_is_drawn_with_speed_and_time_left():
    doing = Doing().happens(*LOOPS[:2])
    doing.lines()
    doing.later(2).happens(IterationStarting("outerLoop", "outerLoop", 8))
    assert doing.lines()[0].endswith(" 8 of 20  4.0/s  3.0 s left")


def test_speed_is_that_of_the_last_seconds():
    doing = Doing().happens(*LOOPS[:2])
    for position in (10, 11):
        doing.lines()
        doing.later(10).happens(IterationStarting("outerLoop", "outerLoop", position))
    assert doing.lines()[0].endswith(" 11 of 20  0.1/s  1:30 left")


def test_narrow_terminals_lose_time_left_then_speed_then_bars():
    doing = Doing().happens(*LOOPS[:2])
    doing.lines()
    doing.later(2).happens(IterationStarting("outerLoop", "outerLoop", 8))
    assert doing.lines(columns=50)[0].endswith("━  8 of 20  4.0/s  3.0 s left")
    assert doing.lines(columns=40)[0].endswith("━  8 of 20  4.0/s")
    assert doing.lines(columns=32)[0] == f"* Outer Loop {'━' * 9}  8 of 20"
    assert doing.lines(columns=22)[0] == "* Outer L…  8 of 20"


def test_a_low_terminal_shows_the_innermost_lines():
    assert [line[:9] for line in Doing().happens(*LOOPS).later(1).lines(lines=3)] == [
        "  * Inner",
        "    * Pos",
    ]


def test_waits_count_down():
    doing = Doing().happens(starting("trigger", "trigger"), Waiting("trigger", 90.0, "retry")).later(30.5)
    assert doing.lines() == ["* Trigger waits for the retry, 59.5 s left"]
    doing = Doing().happens(starting("trigger", "trigger"), Waiting("trigger", 90.0, "sleep")).later(30.5)
    assert doing.lines() == ["* Trigger waits, 59.5 s left"]


def test_the_wait_before_a_flow_is_run_again_counts_down_under_its_name():
    doing = Doing().happens(Waiting("", 7200.0, "flow-retry")).later(600)
    assert doing.lines() == ["* Flow waits for the retry, 1:50:00 left"]


def test_a_called_flow_is_drawn_below_the_step_that_waits_for_it():
    doing = Doing().happens(starting("trigger", "trigger"))
    doing.course("Child", "CHILD", cause=Cause.CROSS_FLOW, parent="RUN", path="trigger", waited_for=True)
    doing.happens(starting("trigger", "trigger")).later(1)
    assert doing.lines() == ["* Trigger 1.0 s", "  Child", "    * Trigger 1.0 s"]


def test_warnings_are_counted():
    doing = Doing().happens(starting("trigger", "trigger"), Warned("trigger", "odd", None))
    assert doing.lines() == ["* Trigger 0.0 s", "1 warning"]


def test_nothing_is_drawn_of_an_execution_that_has_ended():
    doing = Doing().happens(*LOOPS, RunFinished(Status.SUCCESS, None, None, {})).later(1)
    assert doing.lines() == [""]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0.0 s"), (59.94, "59.9 s"), (60, "1:00"), (245, "4:05"), (3600, "1:00:00")]
)
def test_durations_are_short(seconds, text):
    assert duration(seconds) == text
