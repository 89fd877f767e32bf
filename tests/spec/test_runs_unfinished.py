"""`xchange runs show` of runs that have not come to their end: as the command showed them when it was left."""

# ruff: noqa: RUF001 - the multiplication sign is what is shown

import json

import pytest

from flows import fails, gives, integration, repeats
from recorded_runs import FIRST, begin, start_of_run
from xchange_cli.engine.events import StepCall

NAPS = integration(
    """
    Trigger
    Each Line
      Nap
    """
)
NAP = gives("rested", wait=1.5)


@pytest.fixture
def runs(xchange, tmp_path):
    def call(*arguments):
        return xchange("runs", *arguments, cwd=tmp_path)

    call.folder = tmp_path / ".xchange" / "runs"
    call.folder.mkdir(parents=True)
    return call


def write_step(writer, path, outcome):
    ref = path.rpartition("/")[2].partition("#")[0]
    attempt = int(path.partition("#")[2] or 1)
    writer.step(StepCall(path, ref, "scripted", "act", {}, attempt, {}), outcome, 0.5)


def sleeping(runs, **more):
    """Begin a run that is in the wait of the second of three passes."""
    writer = begin(runs.folder, NAPS, start_of_run(**more))
    write_step(writer, "trigger", gives(1))
    write_step(writer, "eachLine", repeats("a", "b", "c"))
    write_step(writer, "eachLine[0]/nap", NAP)
    if more.get("waits", True):
        writer.waited("eachLine[0]/nap", 1.5, "sleep")
    write_step(writer, "eachLine[1]/nap", NAP)
    return writer


def statuses(runs):
    steps = json.loads(runs("show", "last", "--output", "json").out)["steps"]
    return [(one["path"], one["status"]) for one in steps]


def test_a_run_in_the_middle_of_a_wait_is_shown_as_running_in_that_pass(runs):
    with sleeping(runs):
        shown = runs("show", "last").out
        step = runs("show", "last", "nap").out

    assert "\n… Each Line act" in shown
    assert "  running at 2 of 3\n" in shown
    assert "  ×1\n" in shown
    assert "\nrunning: 2 steps finished; it is still running\n" in shown
    assert "✗" not in shown
    assert step.endswith("\nit is under way\n")


def test_a_run_that_was_ended_in_the_middle_of_a_wait_is_shown_as_interrupted_in_that_pass(runs):
    sleeping(runs).close()

    shown = runs("show", "last").out

    assert "\n✗ Each Line act" in shown
    assert "  interrupted at 2 of 3\n" in shown
    assert "  ×1\n" in shown
    assert "\ninterrupted: 2 steps finished; its process was ended\n" in shown
    assert runs("show", "last", "nap").out.endswith("\nit was under way when the run was interrupted\n")


def test_a_step_whose_wait_was_not_over_is_unfinished(runs):
    sleeping(runs).close()

    assert statuses(runs) == [
        ("trigger", "success"),
        ("eachLine[0]/nap", "success"),
        ("eachLine", "unfinished"),
        ("eachLine[1]/nap", "unfinished"),
    ]


def test_a_wait_that_was_over_is_not_under_way(runs):
    with sleeping(runs) as writer:
        writer.waited("eachLine[1]/nap", 1.5, "sleep")

    assert statuses(runs)[2:] == [
        ("eachLine[1]/nap", "success"),
        ("eachLine", "unfinished"),
        ("eachLine[2]/nap", "unfinished"),
    ]


@pytest.mark.parametrize("waits", [True, False])
def test_waits_that_were_skipped_are_over(runs, waits):
    with sleeping(runs, waits=False) if not waits else begin(runs.folder, NAPS) as writer:
        if waits:  # and then gone on with without waiting
            write_step(writer, "trigger", gives(1))
            write_step(writer, "eachLine", repeats("a", "b", "c"))
            write_step(writer, "eachLine[0]/nap", NAP)
        write_step(writer, "eachLine[1]/nap", gives("awake"))

    assert statuses(runs)[2:] == [
        ("eachLine[1]/nap", "success"),
        ("eachLine", "unfinished"),
        ("eachLine[2]/nap", "unfinished"),
    ]


def test_the_attempt_after_a_wait_for_it_has_not_begun_before(runs):
    with begin(runs.folder, integration("Trigger\nSend | retry 2 every 5")) as writer:
        write_step(writer, "trigger", gives(1))
        write_step(writer, "send", fails("HTTP 500"))

    assert statuses(runs) == [("trigger", "success"), ("send", "error")]
    assert "✗ Send    act    0.5 ms  interrupted\n" in runs("show", FIRST).out
