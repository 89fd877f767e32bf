"""The records of a command's executions: new ones are written, those of a resumed run are gone on with."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.engine.context import Clock
from xchange_cli.engine.events import Cause, Execution, Outcome, RunFinished, Waiting
from xchange_cli.engine.journal import RecordingPerformer, ReplayPerformer
from xchange_cli.engine.launch import Launch
from xchange_cli.engine.payload import as_whole, is_answered_at_end
from xchange_cli.engine.performer import Performer
from xchange_cli.errors import XchangeError
from xchange_cli.project.local import make_local
from xchange_cli.project.project import Project
from xchange_cli.record.facts import RunStart
from xchange_cli.record.find import existing_record, led_to
from xchange_cli.record.folder import runs_folder
from xchange_cli.record.lock import RecordLock, hold
from xchange_cli.record.record import Record
from xchange_cli.record.writer import RecordWriter
from xchange_cli.redaction import Redactor
from xchange_cli.runs.setting import Earlier, Journal

if TYPE_CHECKING:
    from xchange_cli.record.past import Past
    from xchange_cli.record.replay import Programs
    from xchange_cli.record.resume import Resume


class RunJournal:
    """The record of one execution. `resume` says what had finished before, where there was an earlier attempt."""

    def __init__(self, writer: RecordWriter, resume: "Resume | None", clock: Clock) -> None:
        self._writer = writer
        self._resume = resume
        self._clock = clock
        self._begun = clock.monotonic()

    @property
    def is_state_saved(self) -> bool:
        return self._resume is not None and self._resume.is_state_saved

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(self._resume.remarks) if self._resume else ()

    def around(self, performer: Performer) -> Performer:
        recording = RecordingPerformer(performer, self._writer.step, self._clock.monotonic)
        return ReplayPerformer(self._resume.outcomes, recording) if self._resume else recording

    def child(self, path: str) -> str | None:
        return self._resume.children.get(path) if self._resume else None

    def answer(self, path: str) -> Outcome | None:
        return self._resume.answers.get(path) if self._resume else None

    def call(self, path: str, run_id: str, flow: str) -> None:
        self._writer.calling(path, run_id, flow)

    def called(self, path: str, outcome: Outcome) -> None:
        self._writer.called(path, outcome)

    def is_over(self, waiting: Waiting) -> bool:
        return self._resume is not None and self._resume.waited(waiting)

    def waited(self, waiting: Waiting) -> None:
        self._writer.waited(waiting.path, waiting.seconds, waiting.reason)

    def state_saved(self) -> None:
        self._writer.state_saved()

    def finish(self, finished: RunFinished) -> None:
        self._writer.end(finished, self._clock.now(), self._clock.monotonic() - self._begun)

    def close(self) -> None:
        self._writer.close()


class RunRecords:
    """Records executions in a project's folder. `more` is kept with each for a resume.

    `resumed` is the id of the run that goes on, if one does.
    """

    def __init__(
        self,
        project: Project,
        *,
        key: str,
        catalog: Catalog,
        redactor: Redactor,
        clock: Clock,
        more: Mapping[str, Any],
        resumed: str = "",
    ) -> None:
        self._project = project
        self._folder = runs_folder(project)
        self._key = key
        self._catalog = catalog
        self._redactor = redactor
        self._clock = clock
        self._more = more
        self._resumed = resumed

    @cached_property
    def _programs(self) -> "Programs":
        from xchange_cli.record.replay import Programs

        return Programs(self._catalog)

    def open(self, execution: Execution, request: Launch) -> Journal | None:
        record = existing_record(self._folder, execution.run_id)
        if record is None:
            start = self._start(execution, request)
            make_local(self._project)
            writer = RecordWriter.create(self._folder, start, request.integration, self._redactor)
            return RunJournal(writer, None, self._clock)
        lock = hold(record.folder)
        try:
            if not record.has_ended_well:
                return self._gone_on_with(record, lock, execution, request)
        except XchangeError:
            lock.release()
            raise
        lock.release()
        return None

    def _gone_on_with(
        self, record: Record, lock: RecordLock, execution: Execution, request: Launch
    ) -> RunJournal:
        from xchange_cli.engine.program import compile_flow
        from xchange_cli.record.resume import plan_resume

        program = compile_flow(execution.flow, self._catalog)
        resume = plan_resume(
            record, program, request.config, self._redactor.values, self._redactor, self._programs
        )
        writer = RecordWriter.reopen(record, resume, self._clock.now(), self._redactor, lock)
        return RunJournal(writer, resume, self._clock)

    def earlier(self, run_id: str) -> Earlier | None:
        record = existing_record(self._folder, run_id)
        if record is None:
            return None
        start = record.start(self._redactor.values())
        return Earlier(start.started_at, start.state)

    def past(self, run_id: str) -> "Past | None":
        from xchange_cli.record.past import Past

        record = existing_record(self._folder, run_id)
        return None if record is None else Past.of(record, self._redactor.values, self._programs)

    def has_ended_well(self, run_id: str) -> bool:
        record = existing_record(self._folder, run_id)
        return record is not None and record.has_ended_well

    def begun(self, parent: str, cause: Cause, flow: str) -> str | None:
        return self._begun.get((parent, cause.value, flow))

    @cached_property
    def _begun(self) -> dict[tuple[str, str, str], str]:
        """The ids of runs that earlier commands have begun; a command that goes on with nothing need not look."""
        found = led_to(self._folder, self._resumed) if self._resumed else []
        return {(one.parent, one.cause, one.flow): one.run_id for one in found}

    def _start(self, execution: Execution, request: Launch) -> RunStart:
        integration = request.integration
        return RunStart(
            run_id=execution.run_id,
            integration_key=self._key,
            integration_name=integration.name,
            file=integration.node.source.name,
            flow=execution.flow.name,
            started_at=request.facts.started_at,
            is_synchronous=_is_waited_for(execution, request),
            cause=execution.cause.value,
            parent=execution.parent,
            path=execution.path,
            attempt=execution.attempt,
            config_name=request.facts.config_name,
            config=request.config,
            state=request.state,
            until=request.until,
            waits=request.waits,
            timeout=request.timeout,
            mocks=request.mocks,
            payload=request.payload,
            more=self._more,
        )


def _is_waited_for(execution: Execution, request: Launch) -> bool:
    asked = request.waits_for_answer
    return is_answered_at_end(execution.flow, as_whole(request.payload)) if asked is None else asked
