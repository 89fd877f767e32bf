"""Keeps the outcomes of a run, and gives them again: the same events without performing anything."""

from collections.abc import Callable, Mapping

from xchange_cli.engine.events import Outcome, StepCall
from xchange_cli.engine.performer import Performer
from xchange_cli.errors import ErrorCode, XchangeError


class RecordingPerformer:
    """Keeps what another performer answered, by path. Put it around all others, or their answers are missing."""

    def __init__(self, performer: Performer, keep: Callable[[str, Outcome], None]) -> None:
        self._performer = performer
        self._keep = keep

    def perform(self, call: StepCall) -> Outcome:
        outcome = self._performer.perform(call)
        self._keep(call.path, outcome)
        return outcome


class ReplayPerformer:
    """Answers from the outcomes of an earlier run, by path; performs nothing."""

    def __init__(self, outcomes: Mapping[str, Outcome]) -> None:
        self._outcomes = outcomes

    def perform(self, call: StepCall) -> Outcome:
        """Give the recorded outcome.

        Raises:
            XchangeError: INVALID when the recorded run did not come to this call.

        """
        outcome = self._outcomes.get(call.path)
        if outcome is None:
            raise XchangeError(
                ErrorCode.INVALID,
                f"the recorded run has no outcome for {call.path}",
                hint="The flow, its config or its payload have changed since; record a new run.",
            )
        return outcome
