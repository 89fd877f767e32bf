"""Keeps the outcomes of a run, and gives them again: the same events without performing anything."""

from collections.abc import Callable, Mapping

from xchange_cli.engine.events import Failed, Outcome, StepCall
from xchange_cli.engine.performer import Performer
from xchange_cli.errors import ErrorCode, XchangeError

Keep = Callable[[StepCall, Outcome, float], None]
"""Told of a call, its outcome, and how many milliseconds it took."""


class UnkeepableError(XchangeError):
    """Data that cannot be kept; `kind` is that of the failure which a step has that gave it."""

    def __init__(self, kind: str, message: str, hint: str) -> None:
        super().__init__(ErrorCode.INVALID, message, hint=hint)
        self.kind = kind


class RecordingPerformer:
    """Keeps what another performer answered. Put it around all that answer this time, or their answers are missing.

    `now` gives seconds of a clock that never goes back. A step whose result cannot be kept has failed.
    """

    def __init__(self, performer: Performer, keep: Keep, now: Callable[[], float]) -> None:
        self._perform = performer.perform
        self._keep = keep
        self._now = now

    def perform(self, call: StepCall) -> Outcome:
        begun = self._now()
        outcome = self._perform(call)
        milliseconds = (self._now() - begun) * 1000
        try:
            self._keep(call, outcome, milliseconds)
        except UnkeepableError as error:
            outcome = Failed(error.kind, error.message, outcome.logs, outcome.warnings)
            self._keep(call, outcome, milliseconds)
        return outcome


class ReplayPerformer:
    """Answers from the outcomes of an earlier run, by path of the call.

    `otherwise` performs what that run did not come to; without it nothing is performed.
    """

    def __init__(self, outcomes: Mapping[str, Outcome], otherwise: Performer | None = None) -> None:
        self._outcomes = outcomes
        self._otherwise = otherwise

    def perform(self, call: StepCall) -> Outcome:
        """Give the recorded outcome.

        Raises:
            XchangeError: INVALID when the recorded run did not come to this call, and nobody else is to perform it.

        """
        outcome = self._outcomes.get(call.path)
        if outcome is not None:
            return outcome
        if self._otherwise is not None:
            return self._otherwise.perform(call)
        raise XchangeError(
            ErrorCode.INVALID,
            f"the recorded run has no outcome for {call.path}",
            hint="The flow, its config or its payload have changed since; record a new run.",
        )
