"""One run looked at again: what happened, and one step of it with its inputs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.engine.events import (
    Failure,
    FlowCalling,
    Handling,
    LogWritten,
    RunEvent,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.find import find_step
from xchange_cli.model.integration import Step
from xchange_cli.record.facts import RunStart
from xchange_cli.record.find import existing_record, find_record
from xchange_cli.record.input_names import input_name
from xchange_cli.record.journal import Journal
from xchange_cli.record.listing import Entry, entries, entry
from xchange_cli.record.names import INTERRUPTED, RUNNING
from xchange_cli.record.replay import Programs, Recorded, ReplayClock, recorded
from xchange_cli.redaction import is_tag, tag


@dataclass(slots=True)
class Call:
    """One attempt to perform a step, and what came of it: `result`, `failure`, or neither when it was under way.

    `inputs` are without those that the catalogue calls secret.
    """

    path: str
    step_path: str
    ref: str
    component: str
    action: str
    attempt: int
    inputs: Mapping[str, Any]
    milliseconds: float = 0.0
    result: Any = None
    is_done: bool = False
    branch: str | None = None
    failure: Failure | None = None
    handling: Handling | None = None
    child: str = ""
    logs: list[LogWritten] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        if self.failure is not None:
            return "ignored" if self.handling is Handling.IGNORED else "error"
        return "success" if self.is_done else "unfinished"


@dataclass(frozen=True, slots=True)
class RunLook:
    """A run, what it was made from, and the runs that it led to. `pending` counts those that have not begun."""

    entry: Entry
    recorded: Recorded
    catalog: Catalog
    children: tuple[Entry, ...] = ()
    pending: int = 0

    @property
    def can_be_resumed(self) -> bool:
        """Tell whether there is something to go on with, in this run or in what it has led to."""
        if self.entry.is_final:
            return False
        is_open = any(one.status == INTERRUPTED for one in self.children)
        return self.entry.can_be_resumed or (self.entry.status != RUNNING and (is_open or self.pending > 0))

    @property
    def origins(self) -> dict[str, str]:
        """Say of each config variable that had a value where it is from now."""
        return dict.fromkeys(self.recorded.start.config, "as recorded")

    def events(self, clock: ReplayClock | None = None) -> Iterator[RunEvent]:
        """Give the events as they were; they end where the run has come to, which may be in the middle of a wait."""
        events = self.recorded.events(clock)
        has_ended = self.entry.status not in {RUNNING, INTERRUPTED}
        if has_ended or not self.recorded.start.waits:
            return events
        return _until_unfinished_wait(events, self.recorded.journal)

    def calls(self) -> Iterator[Call]:
        """Give the attempts in order; one of a loop is given when its last pass has ended."""
        return _calls(self)


@dataclass(frozen=True, slots=True)
class StepLook:
    """All calls of one step, or of one pass of it."""

    run: RunLook
    step: Step
    calls: tuple[Call, ...]


def look(runs: Path, name: str, catalog: Catalog) -> RunLook:
    """Find a run by name (`find_record`) and make it ready to be looked at.

    Raises:
        XchangeError: there is no such run, or its record is damaged.

    """
    record = find_record(runs, name)
    journal = Journal(record)
    made = recorded(record.start(), record.source(), journal, Programs(catalog))
    children = tuple(one for one in entries(runs) if one.parent == record.run_id)
    pending = sum(existing_record(runs, run_id) is None for run_id in journal.children.values())
    return RunLook(entry(record.folder), made, catalog, children, pending)


def look_at_step(run: RunLook, name: str) -> StepLook:
    """Find a step by key, name, or path (`loop[2]/post`, `post#2`).

    Raises:
        XchangeError: USAGE when the flow has no such step, NOT_FOUND when the run did not come to it.

    """
    flow = run.recorded.program.flow
    calls = list(run.calls())
    found = tuple(call for call in calls if name in {call.path, call.step_path})
    step = find_step(flow, found[0].ref if found else _key_in(name))
    if not found and name in {step.ref, step.name}:
        found = tuple(call for call in calls if call.ref == step.ref)
    if not found:
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"the run {run.entry.run_id} did not come to `{name}`",
            hint=f"`xchange runs show {run.entry.run_id}` shows how far it came.",
        )
    return StepLook(run, step, found)


def _key_in(path: str) -> str:
    """Give the step that a path ends with; what is no path is a key or a name."""
    is_path = "/" in path or "#" in path
    return path.rpartition("/")[2].partition("#")[0] if is_path else path


def _until_unfinished_wait(events: Iterator[RunEvent], journal: Journal) -> Iterator[RunEvent]:
    """Leave out what follows a wait that the record does not know to be over, unless it knows of later calls.

    It does where the run was gone on with without waiting.
    """
    newest, path = next(reversed(journal.steps), ""), ""
    seen: Counter[tuple[str, str]] = Counter()
    for event in events:
        yield event
        if isinstance(event, StepStarting):
            path = event.call.path
        elif isinstance(event, Waiting):
            wait = (event.path, event.reason)
            seen[wait] += 1
            if path == newest and seen[wait] > journal.waits[wait]:
                return


def _calls(look: RunLook) -> Iterator[Call]:
    run, catalog = look.recorded, look.catalog
    under_way: dict[str, Call] = {}
    for event in look.events():
        if isinstance(event, StepStarting):
            call = under_way[event.call.step_path] = _begun(event.call, run, catalog)
        elif isinstance(event, StepFinished | StepFailed):
            path = event.path if isinstance(event, StepFinished) else event.failure.path
            call = under_way.pop(path)
            _end(call, event)
            yield call
        else:
            _note(event, under_way, run.journal)
    yield from under_way.values()


def _end(call: Call, event: StepFinished | StepFailed) -> None:
    if isinstance(event, StepFinished):
        call.is_done = True
        call.result, call.branch = event.result.data, event.result.branch
    else:
        call.failure, call.handling = event.failure, event.handling


def _note(event: RunEvent, under_way: Mapping[str, Call], journal: Journal) -> None:
    """Keep what is said while a step is under way; warnings of its inputs come before it."""
    match event:
        case LogWritten(path) if path in under_way:
            under_way[path].logs.append(event)
        case Warned(path, message) if path in under_way:
            under_way[path].warnings.append(message)
        case FlowCalling(path):
            under_way[path.partition("#")[0]].child = journal.children.get(path, "")
        case _:
            return


def _begun(call: StepCall, run: Recorded, catalog: Catalog) -> Call:
    told = run.journal.step(call.path)
    return Call(
        path=call.path,
        step_path=call.step_path,
        ref=call.ref,
        component=call.component,
        action=call.action,
        attempt=call.attempt,
        inputs=_without_secrets(call, run.start, catalog),
        milliseconds=told.milliseconds if told else 0.0,
    )


def _without_secrets(call: StepCall, start: RunStart, catalog: Catalog) -> dict[str, Any]:
    """Replace what the catalogue calls secret, unless the record has done so with the whole of it."""
    spec = catalog.action(call.component, call.action, is_public=call.is_public)
    secret = {key for key, known in spec.inputs.items() if known.secret} if spec else set()
    execution = start.run_id if start.parent else ""
    return {
        key: tag(input_name(call.path, key, execution)) if key in secret and not _is_hidden(value) else value
        for key, value in call.inputs.items()
    }


def _is_hidden(value: Any) -> bool:
    return value in (None, "") or (isinstance(value, str) and is_tag(value))
