"""Ends a run that has used up its time."""

from xchange_cli.engine.events import Done, Failed, Outcome, StepCall
from xchange_cli.engine.performer import Clock, Performer

TIMEOUT = "timeout"


class DeadlinePerformer:
    """Begins no call after the deadline, a time of `clock.monotonic`; one under way is ended by its own limits.

    A sleep that would outlast the deadline fails at once: what comes after it would not be run in any case.
    `waits` False lets it pass, since it takes no time then.
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
        if self._waits and isinstance(outcome, Done) and outcome.result.wait:
            return self._unless_too_long(outcome)
        return outcome

    def _unless_too_long(self, outcome: Done) -> Outcome:
        seconds = outcome.result.wait
        left = max(self._deadline - self._now(), 0.0)
        if seconds <= left:
            return outcome
        message = f"the wait of {seconds:g} s is longer than the {left:.3g} s that are left to the run"
        return Failed(TIMEOUT, message, outcome.logs, outcome.warnings, is_final=True)
