"""How all that a command has run ended, in one word: the exit code follows it."""

from collections.abc import Iterator

from xchange_cli.engine.events import Cause, Execution, Nested, RunEvent, RunFinished, RunStarted, Status

_FROM_BEST_TO_WORST = (Status.NO_CHANGES, Status.SUCCESS, Status.ERROR, Status.TIMEOUT)


class Outcome:
    """Told how executions end, it knows which ended worst.

    A retry stands for what it repeats; how a flow ended that a step has waited for is the step's affair.
    """

    def __init__(self) -> None:
        self._statuses: dict[str, Status] = {}

    def begun(self, execution: Execution) -> None:
        if not execution.waited_for:
            if execution.cause is Cause.RETRY:
                self._statuses.pop(execution.parent, None)
            self._statuses[execution.run_id] = Status.ERROR

    def ended(self, execution: Execution, status: Status) -> None:
        if not execution.waited_for:
            self._statuses[execution.run_id] = status

    def watch(self, events: Iterator[RunEvent], first: Execution) -> Iterator[RunEvent]:
        """Hand on all events of a command and note how executions end; those of `first` are not `Nested`."""
        for event in events:
            execution, own = event if isinstance(event, Nested) else (first, event)
            if isinstance(own, RunStarted):
                self.begun(execution)
            elif isinstance(own, RunFinished):
                self.ended(execution, own.status)
            yield event

    @property
    def failed(self) -> tuple[str, ...]:
        """The run ids of those that ended badly, and that no retry stands for."""
        return tuple(run_id for run_id, status in self._statuses.items() if status.is_failure)

    @property
    def status(self) -> Status:
        return max(self._statuses.values(), key=_FROM_BEST_TO_WORST.index, default=Status.ERROR)
