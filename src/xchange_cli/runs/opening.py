"""Makes a run ready to start: opens nothing yet, but knows how."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from xchange_cli.configset.bind import Binding
from xchange_cli.configset.read import ConfigSet
from xchange_cli.configset.secret_leaves import secret_inputs
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.engine.driver import SystemClock
from xchange_cli.engine.events import Cause, Execution, RunEvent
from xchange_cli.engine.outcome import Outcome
from xchange_cli.engine.payload import for_customer
from xchange_cli.engine.view import RunView
from xchange_cli.engine.world import World
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.unique_names import unique_name
from xchange_cli.record.facts import why_final
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.runs.executions import Executions
from xchange_cli.runs.load import Loaded
from xchange_cli.runs.request import SCHEDULE, RunRequest, Surroundings
from xchange_cli.runs.routing import Route
from xchange_cli.runs.setting import Memory, Records, Setting, Start
from xchange_cli.runs.starts import Starts, invoke_type
from xchange_cli.ulid import ulid
from xchange_cli.wire.guard import EVERYTHING, WriteGuard
from xchange_cli.wire.http import HttpClient

if TYPE_CHECKING:
    from xchange_cli.javascript.host import ScriptHost
    from xchange_cli.record.record import Record
    from xchange_cli.runs.recordings import HttpPlan


class Bound(NamedTuple):
    """A config set bound to the integration, with what is wrong about it."""

    binding: Binding
    config_set: ConfigSet | None
    findings: tuple[Diagnostic, ...]

    @property
    def name(self) -> str:
        return self.config_set.name if self.config_set else ""


class Opened(NamedTuple):
    """`notes` are for the user before the run starts."""

    view: RunView
    notes: tuple[str, ...]


class ClockFrom(SystemClock):
    """A clock that shows a chosen time when it is made, and goes on from there."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._ahead = at - super().now()

    def now(self) -> datetime:
        return super().now() + self._ahead


def open_run(
    loaded: Loaded,
    request: RunRequest,
    around: Surroundings,
    starts: Starts,
    bound: Bound,
    redactor: Redactor,
    record: "Record | None" = None,
) -> Opened:
    """Join everything that the executions of a command need.

    Raises:
        XchangeError: for a recording, a time or a record that cannot be used.

    """
    binding = bound.binding
    clock, notes = _clock(request, starts, binding.values)
    redactor.learn(secret_inputs(loaded.integration, loaded.catalog, binding.values))
    if record is not None:
        starts = _with_secrets(starts, request.kept_mocks, record, redactor.values())
    plan = _http_plan(loaded, request, around, starts, binding, redactor)
    world = _world(request, bound, plan, redactor)
    setting = Setting(
        integration=loaded.integration,
        catalog=loaded.catalog,
        implementations=loaded.implementations,
        clock=clock,
        world=world,
        memory=world.kept(Memory, lambda: _memory(loaded, bound, redactor)),
        records=_records(loaded, request, around, starts, redactor, clock, record),
        redactor=redactor,
        new_id=_new_id,
        config=binding.values,
        config_name=bound.name,
        mocks_of=starts.mocks,
        waits=request.waits,
        retries=request.retries,
    )
    executions = Executions(setting)
    first, starts = _first(executions, starts, record, redactor)
    last_words: list[str] = []
    troubles: list[XchangeError] = []
    closing = partial(_closing, world=world, finish=plan.finish, last_words=last_words, troubles=troubles)
    view = RunView(
        run_id=first.run_id,
        flow=first.flow,
        events=closing(_events(executions, first, starts, setting, record), first),
        redactor=redactor,
        now=clock.monotonic,
        config_name=bound.name,
        waits=request.waits,
        origins=binding.origins,
        last_words=last_words,
        troubles=troubles,
        is_recorded=request.is_recorded,
        is_resumed=record is not None,
        can_be_resumed=not why_final(loaded.target.name, request.kept({})),
        execution=first,
    )
    return Opened(view, (*starts.notes, *notes, *_about_leader(record)))


def _world(request: RunRequest, bound: Bound, plan: "HttpPlan", redactor: Redactor) -> World:
    return World(
        http=plan.make,
        guard=_guard(request, bound, plan),
        connects=plan.connects,
        waits=request.waits,
        learn=lambda name, value: redactor.learn([Secret(name, value)]),
        scripts=_scripts(request.script_host),
    )


def _about_leader(record: "Record | None") -> tuple[str, ...]:
    from xchange_cli.runs.resuming import about_leader

    return () if record is None else about_leader(record)


def _first(
    executions: Executions, starts: Starts, record: "Record | None", redactor: Redactor
) -> tuple[Execution, Starts]:
    """Give the first execution: a new one, or the one of a record with what it started from."""
    if record is None:
        return executions.new(starts.first[0].flow, starts.cause), starts
    earlier = record.start(redactor.values())
    start = _start_of(starts, earlier.flow)
    execution = Execution(
        earlier.run_id,
        start.flow,
        Cause(earlier.cause),
        earlier.parent,
        earlier.path,
        earlier.attempt,
    )
    start = start._replace(
        payload=earlier.payload,
        waits_for_answer=earlier.is_synchronous,
        invoke_type=invoke_type(execution.cause) if earlier.parent else start.invoke_type,
    )
    others = (one for one in starts.first if one.flow is not start.flow)
    return execution, starts._replace(first=(start, *others))


def _start_of(starts: Starts, flow_name: str) -> Start:
    found = next((start for start in starts.first if start.flow.name == flow_name), None)
    if found is None:
        raise XchangeError(
            ErrorCode.INVALID,
            f"the run cannot be resumed: `{flow_name}` is no longer one of the flows to run ({starts.cause})",
            hint="Undo the change, or run the flows anew.",
        )
    return found


def _with_secrets(
    starts: Starts, kept: Mapping[str, Mapping[str, Any]], record: "Record", secrets: Mapping[str, str]
) -> Starts:
    """Put secrets back into mocks that come from a record; `kept` has those of them that are no words."""
    from xchange_cli.runs.memory import bound_data

    known = record.start(secrets).more.get("mocks", {})
    mocks = {
        flow: {
            key: known[flow][key]
            if value is kept.get(flow, {}).get(key, kept)
            else bound_data(value, secrets)
            for key, value in given.items()
        }
        for flow, given in starts.mocks.items()
    }
    first = tuple(start._replace(mocks=mocks.get(start.flow.name, {})) for start in starts.first)
    return starts._replace(first=first, mocks=mocks)


def _clock(
    request: RunRequest, starts: Starts, config: Mapping[str, Any]
) -> tuple[SystemClock, tuple[str, ...]]:
    clock = SystemClock()
    if request.trigger != SCHEDULE:
        return clock, ()
    from xchange_cli.runs.schedules import due

    found = due(starts.first[0].flow, config, request.at, clock.now())
    notes = (found.warning,) if found.warning else ()
    return (ClockFrom(found.at) if request.at else clock), notes


def _new_id() -> str:
    clock = SystemClock()
    return ulid(int(clock.now().timestamp() * 1000), clock.random_bytes(10))


def _http_plan(
    loaded: Loaded,
    request: RunRequest,
    around: Surroundings,
    starts: Starts,
    binding: Binding,
    redactor: Redactor,
) -> "HttpPlan":
    from xchange_cli.runs.recordings import HttpMode, plan_http, recording_path

    flow = starts.first[0].flow
    path = recording_path(request.recording, flow.name, loaded.beside, around.folder)
    return plan_http(
        HttpMode(request.http_mode),
        path,
        around.folder,
        live=_live,
        redactor=redactor,
        secrets=binding.secrets,
    )


def _live() -> HttpClient:
    from xchange_cli.wire.live import LiveHttp

    return LiveHttp()


def _guard(request: RunRequest, bound: Bound, plan: "HttpPlan") -> WriteGuard:
    """Give the guard; where nothing is sent there is nothing to guard."""
    if not plan.connects:
        return WriteGuard((EVERYTHING,))
    allowed = bound.config_set.allow_writes if bound.config_set else ()
    return WriteGuard((*request.allow_writes, *allowed))


def _scripts(choice: str) -> "Callable[[HttpClient], ScriptHost]":
    def make(http: HttpClient) -> "ScriptHost":
        from xchange_cli.javascript.host import ScriptHost

        return ScriptHost(choice, http)

    return make


def _memory(loaded: Loaded, bound: Bound, redactor: Redactor) -> Memory:
    from xchange_cli.runs.memory import StateMemory

    name = unique_name(loaded.project, loaded.target)
    return StateMemory(loaded.project.root, redactor, name, bound.name or "local")


def _records(
    loaded: Loaded,
    request: RunRequest,
    around: Surroundings,
    starts: Starts,
    redactor: Redactor,
    clock: SystemClock,
    record: "Record | None",
) -> Records:
    if not request.is_recorded:
        from xchange_cli.runs.no_records import NoRecords

        return NoRecords()
    from xchange_cli.runs.journals import RunRecords

    return RunRecords(
        loaded.project,
        key=loaded.target.key,
        catalog=loaded.catalog,
        redactor=redactor,
        clock=clock,
        more={
            **request.kept(starts.mocks),
            "path": _below(loaded),
            "folder": str(around.folder),
            "at": clock.now().isoformat() if request.at else "",
            "isRouted": starts.is_routed,
        },
        resumed=record.run_id if record else "",
    )


def _below(loaded: Loaded) -> str:
    """Give the integration's path below the project's folder, if it is there."""
    path, root = loaded.target.path, loaded.project.root
    if path is None:
        return ""
    whole = path.resolve()
    return str(whole.relative_to(root.resolve()) if whole.is_relative_to(root.resolve()) else whole)


def _events(
    executions: Executions, first: Execution, starts: Starts, setting: Setting, record: "Record | None"
) -> Iterator[RunEvent]:
    """Yield what happens in the executions that are started, one after the other, and all that they lead to.

    Raises:
        XchangeError: USAGE when the command goes on with a run, and nothing is left to do.

    """
    if record is not None and _is_over(executions, first, starts, setting):
        from xchange_cli.record.resume import nothing_left

        raise nothing_left(record)
    start, *others = starts.first
    if starts.is_routed:
        yield from _routed(executions, first, start, setting)
        return
    yield from executions.events(first, start)
    for other in others:
        yield from executions.nested(executions.new(other.flow, starts.cause, first.run_id), other)
        yield from executions.left()


def _is_over(executions: Executions, first: Execution, starts: Starts, setting: Setting) -> bool:
    """Tell whether earlier commands have brought everything to a good end."""
    others = [executions.new(other.flow, starts.cause, first.run_id) for other in starts.first[1:]]
    if starts.is_routed:
        others = [
            executions.new(flow, Cause.ROUTING, first.run_id)
            for flow in setting.integration.flows
            if setting.records.begun(first.run_id, Cause.ROUTING, flow.name)
        ]
        if not others:
            return False
    return executions.are_over([first, *others])


def _routed(executions: Executions, first: Execution, start: Start, setting: Setting) -> Iterator[RunEvent]:
    """Run the flow that the first one finds the request to be for."""
    happening = executions.events(first, start)
    route = Route(setting.integration, setting.config, first.run_id)
    yield from route.watch(happening)
    if not route.is_answered:
        return
    flow, customer = route.flow(), route.customer()
    payload = start.payload if customer is None else for_customer(start.payload, customer)
    mocks = setting.mocks_of.get(flow.name, {})
    yield from executions.nested(
        executions.new(flow, Cause.ROUTING, first.run_id),
        start._replace(flow=flow, payload=payload, mocks=mocks, until=""),
    )
    yield from executions.left()


def _closing(
    events: Iterator[RunEvent],
    first: Execution,
    *,
    world: World,
    finish: Callable[[bool], tuple[str, ...]],
    last_words: list[str],
    troubles: list[XchangeError],
) -> Iterator[RunEvent]:
    """Yield the events; what goes wrong at the end must not hide how they ended."""
    outcome = Outcome()
    outcome.begun(first)
    is_over = False
    try:
        yield from outcome.watch(events, first)
        is_over = True
    finally:
        world.close()
        try:
            last_words.extend(finish(is_over and not outcome.status.is_failure))
        except XchangeError as error:
            troubles.append(error)
