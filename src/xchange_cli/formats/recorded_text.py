"""A recorded run for people: as it was shown while it ran, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from xchange_cli.engine.events import Failure, RunEvent, RunFinished, StepFinished
from xchange_cli.engine.view import RunView
from xchange_cli.formats import run_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.resume_command import resume_command
from xchange_cli.formats.running.shown import Ending
from xchange_cli.formats.runs_text import when, write_runs
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.record.journal import Resumed
from xchange_cli.record.look import RunLook
from xchange_cli.record.names import INTERRUPTED, RUNNING
from xchange_cli.record.replay import ReplayClock
from xchange_cli.redaction import Redactor


def render(look: RunLook, out: TextIO) -> None:
    _write_facts(look, out)
    course, is_running = _Course(), look.entry.status == RUNNING
    try:
        run_text.render(_view(look, course), out, Ending.RUNNING if is_running else Ending.INTERRUPTED)
    except _RecordEnds:
        state = "it is still running" if is_running else "its process was ended"
        out.write(f"\n{look.entry.status}: {count(course.finished, 'step')} finished; {state}\n")
    if look.children:
        out.write(f"\n{Style.of(out).paint('bold', 'runs that it led to')}\n")
        write_runs(look.children, out)
    if look.pending:
        out.write(f"\n{count(look.pending, 'run')} that it led to not begun\n")
    if look.can_be_resumed:
        out.write(f"\nGo on with it: {resume_command(look.entry.run_id, course.failure)}\n")


@dataclass(slots=True)
class _Course:
    """What the events of a run have told: how many steps gave a result, and what ended the run."""

    finished: int = 0
    failure: Failure | None = None


class _RecordEnds(KeyboardInterrupt):
    """The record has no more: what is under way is shown as after Ctrl-C."""


def _write_facts(look: RunLook, out: TextIO) -> None:
    one = look.entry
    key = f" ({one.key})" if one.key else ""
    cause = one.cause
    if one.parent:
        cause = f"{cause} of {one.parent}" + (f", {one.path}" if one.path else "")
    resumed = _resumed(look.recorded.journal.resumed)
    facts = f"{one.file}{key}, {when(one.started_at)} UTC, cause: {cause}{resumed}"
    out.write(wrapped(facts, "", "  ") + "\n")


def _resumed(resumed: Sequence[Resumed]) -> str:
    if not resumed:
        return ""
    times = "" if len(resumed) == 1 else f" {len(resumed):,} times, last"
    return f"; resumed{times} {when(resumed[-1].at)} UTC, after it was {resumed[-1].after or INTERRUPTED}"


def _view(look: RunLook, course: _Course) -> RunView:
    clock = ReplayClock()
    start = look.recorded.start
    return RunView(
        run_id=showable(start.run_id),
        flow=look.recorded.program.flow,
        events=_events(look, clock, course),
        redactor=Redactor(),
        now=clock.now,
        config_name=start.config_name,
        waits=start.waits,
        origins=look.origins,
        is_past=True,
    )


def _events(look: RunLook, clock: ReplayClock, course: _Course) -> Iterator[RunEvent]:
    is_over = False
    for event in look.events(clock):
        course.finished += isinstance(event, StepFinished)
        if isinstance(event, RunFinished):
            is_over, course.failure = True, event.failure
        yield event
    if not is_over:
        raise _RecordEnds
