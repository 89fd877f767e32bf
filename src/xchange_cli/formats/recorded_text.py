"""A recorded run for people: as it was shown while it ran, and what became of it."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from xchange_cli.engine.events import RunEvent, RunFinished
from xchange_cli.engine.view import RunView
from xchange_cli.formats import run_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.runs_text import when, write_runs
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.record.journal import Resumed
from xchange_cli.record.look import RunLook
from xchange_cli.record.names import INTERRUPTED
from xchange_cli.record.replay import ReplayClock
from xchange_cli.redaction import Redactor


def render(look: RunLook, out: TextIO) -> None:
    _write_facts(look, out)
    try:
        run_text.render(_view(look), out)
    except _RecordEnds:
        state = "it is still running" if look.entry.status == "running" else "its process was ended"
        out.write(f"\n{look.entry.status}: {count(look.entry.steps, 'step')} finished; {state}\n")
    if look.children:
        out.write(f"\n{Style.of(out).paint('bold', 'runs that it led to')}\n")
        write_runs(look.children, out)
    if look.pending:
        out.write(f"\n{count(look.pending, 'run')} that it led to not begun\n")
    if look.can_be_resumed:
        out.write(f"\nGo on with it: xchange run --resume {look.entry.run_id}\n")


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


def _view(look: RunLook) -> RunView:
    clock = ReplayClock()
    start = look.recorded.start
    return RunView(
        run_id=showable(start.run_id),
        flow=look.recorded.program.flow,
        events=_events(look, clock),
        redactor=Redactor(),
        now=clock.now,
        config_name=start.config_name,
        waits=start.waits,
        origins=look.origins,
    )


def _events(look: RunLook, clock: ReplayClock) -> Iterator[RunEvent]:
    is_over = False
    for event in look.recorded.events(clock):
        is_over = isinstance(event, RunFinished)
        yield event
    if not is_over:
        raise _RecordEnds
