"""Drives the interpreter: answers its requests and hands on its events as they happen."""

import time
from collections.abc import Iterator
from random import SystemRandom

from xchange_cli.engine.events import Failed, Outcome, RunEvent, StepCall, StepStarting, Waiting
from xchange_cli.engine.interpreter import Events
from xchange_cli.engine.performer import Clock, Performer


class SystemClock:
    """The machine's own clock and randomness."""

    def __init__(self) -> None:
        self.monotonic = time.monotonic
        self.sleep = time.sleep
        self.random = SystemRandom().random


def drive(
    events: Events, performer: Performer, clock: Clock, deadline: float, *, waits: bool = True
) -> Iterator[RunEvent]:
    """Yield the events of a run. `waits` False skips sleeping and delays; the deadline holds all the same.

    `deadline` is a time of `clock.monotonic`. The call that is under way when it passes is ended by its own
    limits; the next one is not begun.
    """
    perform, now = performer.perform, clock.monotonic
    answer: Outcome | None = None
    while True:
        try:
            event = events.send(answer)
        except StopIteration:
            return
        answer = None
        yield event
        kind = type(event)
        if kind is StepStarting:
            answer = _out_of_time() if now() >= deadline else perform(_call(event))
        elif kind is Waiting and waits:
            _wait(event, clock, deadline)


def _call(event: RunEvent) -> StepCall:
    assert isinstance(event, StepStarting)
    return event.call


def _wait(event: RunEvent, clock: Clock, deadline: float) -> None:
    assert isinstance(event, Waiting)
    clock.sleep(max(0.0, min(event.seconds, deadline - clock.monotonic())))


def _out_of_time() -> Failed:
    return Failed("timeout", "the run has used up its time", is_final=True)
