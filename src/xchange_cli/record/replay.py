"""Runs a recorded flow again from its outcomes, so that what a record does not hold can be looked at: inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xchange_cli.components.catalog import Catalog
from xchange_cli.engine.events import FlowCalling, Outcome, RunEvent, StepStarting, Waiting
from xchange_cli.engine.interpreter import Events, ExecutionContext, run
from xchange_cli.engine.program import Program, compile_flow
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.record.facts import RunStart
from xchange_cli.record.journal import Journal
from xchange_cli.record.record import NO_SECRETS
from xchange_cli.record.tagged_source import parsed
from xchange_cli.redaction import bound
from xchange_cli.source import Source


def replay(events: Events, journal: Journal, clock: "ReplayClock | None" = None) -> Iterator[RunEvent]:
    """Yield the events of a run as they were; they end at the first call that the record has no outcome of.

    That call is yielded, too. `clock` goes as the run's own did.
    """
    answer: Outcome | None = None
    while True:
        try:
            event = events.send(answer)
        except StopIteration:
            return
        yield event
        answer = None
        if isinstance(event, Waiting) and clock is not None:
            clock.seconds += event.seconds if journal.waits[event.path, event.reason] else 0.0
        if isinstance(event, StepStarting):
            told = journal.step(event.call.path)
        elif isinstance(event, FlowCalling):
            told = journal.answer(event.path)
        else:
            continue
        if told is None:
            return
        answer = told.outcome
        if clock is not None:
            clock.seconds += told.milliseconds / 1000


@dataclass(slots=True)
class ReplayClock:
    """Seconds since the run began, as far as the record tells."""

    seconds: float = 0.0

    def now(self) -> float:
        return self.seconds


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded run that can be run again."""

    start: RunStart
    program: Program
    journal: Journal

    def events(self, clock: ReplayClock | None = None) -> Iterator[RunEvent]:
        return replay(interpreted(self.program, self.start), self.journal, clock)


def interpreted(program: Program, start: RunStart) -> Events:
    """Give the events of a program that starts from what a run started from."""
    context = ExecutionContext(
        run_id=start.run_id,
        config=start.config,
        until=start.until,
        is_synchronous=start.is_synchronous,
        state=start.state,
    )
    return run(program, context)


class Programs:
    """The programs of recorded files, each compiled once: many runs are of the same file.

    What inputs steps have by default is what the catalogue says today.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[tuple[str, str], Program] = {}

    def of(self, source: Source, flow_name: str, secrets: Mapping[str, str] = NO_SECRETS) -> Program:
        """Give the program of a flow, with the values of secrets (by name) in place of their tags.

        Raises:
            XchangeError: UNREADABLE when the stored file, from which secrets were taken, means nothing without them.

        """
        key = (bound(source.text, secrets), flow_name)
        if key not in self._known:
            integration = build(parsed(source, secrets))
            flow = integration.flow(flow_name) if integration else None
            if flow is None:
                raise XchangeError(
                    ErrorCode.UNREADABLE, f"the recorded integration has no flow `{flow_name}` any more"
                )
            self._known[key] = compile_flow(flow, self._catalog)
        return self._known[key]


def recorded(
    start: RunStart,
    source: Source,
    journal: Journal,
    programs: Programs,
    secrets: Mapping[str, str] = NO_SECRETS,
) -> Recorded:
    """Make a record ready to be run again.

    Raises:
        XchangeError: UNREADABLE when the stored file means nothing.

    """
    return Recorded(start, programs.of(source, start.flow, secrets), journal)
