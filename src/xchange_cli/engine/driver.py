"""Drives the interpreter: answers its requests and hands on its events as they happen."""

import os
import time
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from typing import Protocol

from xchange_cli.engine.context import Clock
from xchange_cli.engine.events import Failed, FlowCalling, Outcome, RunEvent, StepStarting, Waiting
from xchange_cli.engine.interpreter import Events
from xchange_cli.engine.performer import Performer

LONGEST_SLEEP = 60 * 60.0


class SystemClock:
    """The machine's own clock and randomness."""

    def __init__(self) -> None:
        self.monotonic = time.monotonic
        self.sleep = time.sleep
        self.random_bytes = os.urandom

    def now(self) -> datetime:
        return datetime.now(UTC)

    def random(self) -> float:
        from random import SystemRandom

        return SystemRandom().random()


FlowCaller = Callable[[FlowCalling, float], Generator[RunEvent, None, Outcome]]
"""Starts the flow that a step calls; yields what happens meanwhile and gives what the step then has.

It is told the deadline of the caller, a time of the clock's `monotonic`.
"""


class WaitingBook(Protocol):
    """Keeps which waits are over, so that a resumed run does not wait again."""

    def is_over(self, waiting: Waiting) -> bool: ...

    def waited(self, waiting: Waiting) -> None: ...


def drive(
    events: Events,
    performer: Performer,
    clock: Clock,
    deadline: float,
    *,
    waits: bool = True,
    call_flow: FlowCaller | None = None,
    waiting: WaitingBook | None = None,
) -> Iterator[RunEvent]:
    """Yield the events of a run; each request is answered when the next event is asked for.

    Without `call_flow` steps that call flows fail. `waits` False skips sleeping and delays; otherwise no wait goes past `deadline`, a time of `clock.monotonic`.
    Ending the run then is the business of the performer (`DeadlinePerformer`).
    """
    perform = performer.perform
    answer: Outcome | None = None
    while True:
        try:
            event = events.send(answer)
        except StopIteration:
            return
        answer = None
        yield event
        if isinstance(event, StepStarting):
            answer = perform(event.call)
        elif isinstance(event, FlowCalling):
            answer = yield from (call_flow or _refused)(event, deadline)
        elif isinstance(event, Waiting) and waits:
            if waiting is not None and waiting.is_over(event):
                continue
            sleep(clock, min(event.seconds, deadline - clock.monotonic()))
            if waiting is not None:
                waiting.waited(event)


def _refused(calling: FlowCalling, _deadline: float) -> Generator[RunEvent, None, Outcome]:
    yield from ()
    return Failed("no-flow", f"no flow can be called here, so `{calling.call.flow}` is not", is_final=True)


def sleep(clock: Clock, seconds: float) -> None:
    """Sleep in slices: no system takes every number of seconds."""
    while seconds > LONGEST_SLEEP:
        clock.sleep(LONGEST_SLEEP)
        seconds -= LONGEST_SLEEP
    clock.sleep(max(0.0, seconds))
