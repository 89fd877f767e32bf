"""Recorded runs as tests need them: written by the writer, without a command."""

from itertools import islice

from flows import CATALOG, FOREVER, HandClock, Scripted
from xchange_cli.engine.driver import drive
from xchange_cli.engine.events import RunFinished
from xchange_cli.engine.journal import RecordingPerformer, ReplayPerformer
from xchange_cli.engine.program import compile_flow
from xchange_cli.errors import XchangeError
from xchange_cli.record.facts import RunStart
from xchange_cli.record.lock import hold
from xchange_cli.record.replay import Programs, interpreted
from xchange_cli.record.resume import plan_resume
from xchange_cli.record.writer import RecordWriter
from xchange_cli.redaction import Redactor

FIRST = "01HY3ABCDE0000000000000001"
"""Started on 17 May 2024, 09:30:15.886 UTC."""


def start_of_run(flow="Flow", **more):
    """Give what a run starts from; only what matters to a test needs to be told."""
    known = {
        "run_id": FIRST,
        "integration_key": "orders",
        "integration_name": "Orders",
        "file": "integration.yml",
        "started_at": "2024-05-17T09:30:15.886Z",
        "is_synchronous": True,
    }
    return RunStart(**{**known, "flow": flow, **more})


class TickingClock(HandClock):
    """A clock by which everything takes a quarter of a millisecond."""

    def monotonic(self):
        self.time += 0.00025
        return self.time


def begin(runs, integration, start=None, redactor=None):
    return RecordWriter.create(runs, start or start_of_run(), integration, redactor or Redactor())


def record(runs, integration, script=None, *, start=None, redactor=None, most=None, performer=None):
    """Run the flow that `start` names and record it; `most` ends the process after so many events.

    Gives the events.
    """
    start = start or start_of_run()
    program = compile_flow(integration.flow(start.flow), CATALOG)
    with begin(runs, integration, start, redactor) as writer:
        return _go(program, start, writer, performer or Scripted(script or {}), None, most)


def resume(known, integration, performer, *, config=None, redactor=None):
    """Go on with a record; gives the plan and all events, those that were replayed first."""
    redactor = redactor or Redactor()
    start = known.start(redactor.values())
    program = compile_flow(integration.flow(start.flow), CATALOG)
    config = start.config if config is None else config
    lock = hold(known.folder)
    try:
        plan = plan_resume(known, program, config, redactor.values, redactor, Programs(CATALOG))
    except XchangeError:
        lock.release()
        raise
    with RecordWriter.reopen(known, plan, HandClock().now(), redactor, lock) as writer:
        return plan, _go(program, start._replace(config=config), writer, performer, plan, None)


def _go(program, start, writer, performer, plan, most):
    clock = TickingClock()
    recording = RecordingPerformer(performer, writer.step, clock.monotonic)
    whole = ReplayPerformer(plan.outcomes, recording) if plan else recording
    events = []
    for event in islice(drive(interpreted(program, start), whole, clock, FOREVER, waits=False), most):
        events.append(event)
        if isinstance(event, RunFinished):
            writer.end(event, clock.now(), clock.monotonic())
    return events
