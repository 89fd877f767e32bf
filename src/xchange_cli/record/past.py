"""A run that is over, looked back upon when a command goes on with what it has led to."""

from collections.abc import Iterator

from xchange_cli.engine.events import Failure, RunEvent, RunFinished
from xchange_cli.model.integration import Flow
from xchange_cli.record.facts import RunEnd
from xchange_cli.record.journal import Journal, Secrets
from xchange_cli.record.record import Record
from xchange_cli.record.replay import Programs, Recorded, recorded
from xchange_cli.record.resume import unknown_secret


class Past:
    """Its events come from the record alone: today's file and config may be others."""

    def __init__(self, run: Recorded, end: RunEnd | None) -> None:
        self._run = run
        self._end = end

    @classmethod
    def of(cls, record: Record, secrets: Secrets, programs: Programs) -> "Past":
        """Make a record ready.

        Raises:
            XchangeError: UNREADABLE where it is damaged.

        """
        start, journal = record.start(secrets()), Journal(record, secrets)
        return cls(recorded(start, record.source(), journal, programs, secrets()), record.end)

    @property
    def flow(self) -> Flow:
        """The flow as it was then."""
        return self._run.program.flow

    def events(self) -> Iterator[RunEvent]:
        for event in self._run.events():
            yield self._as_it_ended(event) if isinstance(event, RunFinished) else event

    def child(self, path: str) -> str | None:
        """Give the id of the run that the call at this path has led to."""
        return self._run.journal.children.get(path)

    def require_secrets(self, path: str) -> None:
        """Make sure that a result is known with all its secrets.

        Raises:
            XchangeError: INVALID when no config gives one today.

        """
        told = self._run.journal.step(path)
        if told is not None and told.unbound:
            raise unknown_secret(path, min(told.unbound))

    def _as_it_ended(self, finished: RunFinished) -> RunFinished:
        """Let a run fail whose state could not be saved: no step tells it."""
        end = self._end
        if end is None or end.failure is None or finished.status is end.status:
            return finished
        failure = Failure(end.failure["path"], "", end.failure["kind"], end.failure["message"], None)
        return RunFinished(end.status, failure, None, {})
