"""Ends a run that has used up its time."""

from xchange_cli.engine.context import Clock
from xchange_cli.engine.events import Done, Failed, Outcome, StepCall
from xchange_cli.engine.performer import Performer

TIMEOUT = "timeout"

_SLACK = 0.1
"""Seconds by which whoever stops an action at the deadline may be early: not all look at the same clock."""


class DeadlinePerformer:
    """Begins no call after the deadline, a time of `clock.monotonic`; one under way is ended by its own limits.

    A failure after the deadline ends the run whatever the flow says about errors. So does a wait that would outlast
    it, a sleep or the delay before the next attempt, and at once: nothing after it would be run. `waits` False lets
    waits pass, since they take no time then.
    """

    def __init__(self, performer: Performer, clock: Clock, deadline: float, *, waits: bool = True) -> None:
        self._perform = performer.perform
        self._now = clock.monotonic
        self._deadline = deadline
        self._waits = waits

    def perform(self, call: StepCall) -> Outcome:
        if self._now() >= self._deadline:
            return Failed(TIMEOUT, "the run has used up its time", is_final=True)
        outcome = self._perform(call)
        if isinstance(outcome, Failed):
            return self._after_failure(call, outcome)
        return self._after_sleep(outcome) if outcome.result.wait and self._waits else outcome

    def _after_failure(self, call: StepCall, outcome: Failed) -> Failed:
        if outcome.is_final:
            return outcome
        left = self._deadline - self._now()
        if left <= (_SLACK if outcome.kind == TIMEOUT else 0):
            return outcome._replace(kind=TIMEOUT, is_final=True)
        delay = call.retry_delay
        if delay is None or not self._waits or delay <= left:
            return outcome
        message = f"{outcome.message}; {_too_long(f'the wait of {delay:g} s before the next attempt', left)}"
        return outcome._replace(kind=TIMEOUT, message=message, is_final=True)

    def _after_sleep(self, outcome: Done) -> Outcome:
        seconds = outcome.result.wait
        left = max(self._deadline - self._now(), 0.0)
        if seconds <= left:
            return outcome
        message = _too_long(f"the wait of {seconds:g} s", left)
        return Failed(TIMEOUT, message, outcome.logs, outcome.warnings, is_final=True)


def _too_long(wait: str, left: float) -> str:
    return f"{wait} is longer than the {left:.3g} s that are left to the run"
