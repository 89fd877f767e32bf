"""Drives the interpreter: answers its requests and hands on its events as they happen."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from random import SystemRandom

from xchange_cli.engine.context import Clock
from xchange_cli.engine.events import Outcome, RunEvent, StepStarting, Waiting
from xchange_cli.engine.interpreter import Events
from xchange_cli.engine.performer import Performer

LONGEST_SLEEP = 60 * 60.0


class SystemClock:
    """The machine's own clock and randomness."""

    def __init__(self) -> None:
        self.monotonic = time.monotonic
        self.sleep = time.sleep
        self.random = SystemRandom().random
        self.random_bytes = os.urandom

    def now(self) -> datetime:
        return datetime.now(UTC)


def drive(
    events: Events, performer: Performer, clock: Clock, deadline: float, *, waits: bool = True
) -> Iterator[RunEvent]:
    """Yield the events of a run; each request is answered when the next event is asked for.

    `waits` False skips sleeping and delays; otherwise no wait goes past `deadline`, a time of `clock.monotonic`.
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
        elif isinstance(event, Waiting) and waits:
            _sleep(clock, min(event.seconds, deadline - clock.monotonic()))


def _sleep(clock: Clock, seconds: float) -> None:
    """Sleep in slices: no system takes every number of seconds."""
    while seconds > LONGEST_SLEEP:
        clock.sleep(LONGEST_SLEEP)
        seconds -= LONGEST_SLEEP
    clock.sleep(max(0.0, seconds))
