"""All executions that one command leads to: the one it asks for, those of flows that steps call, and retries.

A flow that is called and waited for runs while its caller waits. Others run one after the other when the execution
that asked for them has ended: it has then saved its state, as on hosted platforms.

When a command goes on with a run, executions that are over are looked back upon: their events are told again from
their records, and what they had started without waiting for it is run if nobody has done so.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from functools import partial

from xchange_cli.components.spec import ActionResult
from xchange_cli.engine.deadline import TIMEOUT
from xchange_cli.engine.driver import sleep
from xchange_cli.engine.events import (
    Cause,
    Done,
    Execution,
    Failed,
    Failure,
    FlowCalling,
    Nested,
    Outcome,
    RunEvent,
    RunFinished,
    Status,
    Waiting,
    Warned,
)
from xchange_cli.engine.launch import SYNCHRONOUS_LIMIT, Launch, launch
from xchange_cli.engine.payload import RunFacts, as_whole, called_payload, is_answered_at_end, iso
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.integration import Flow
from xchange_cli.nearest import nearest
from xchange_cli.runs.polling import simulated_trigger
from xchange_cli.runs.secrets import learning, secret_inputs
from xchange_cli.runs.setting import Earlier, Journal, Past, Setting, Start

MOST_NESTED = 24
"""Flows that wait for one another; a chain without end would come to Python's own limit."""

MOST_EXECUTIONS = 1_000
"""One command starts no more: flows that start each other without end would never let it finish."""

_FAILS_AGAIN = frozenset(
    {
        "not-implemented",
        "write-blocked",
        "network-denied",
        "not-recorded",
        "too-many-executions",
        "state-not-saved",
    }
)
"""Kinds of failures that have their reason here and not in what the flow meets."""

LONGEST_RETRY_DELAY = 24 * 60 * 60.0
"""Seconds; hosted platforms cap the back-off of flow retries at a day."""


class Executions:
    """Runs executions and gives their events; those of any but the first are `Nested`."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._queue: deque[tuple[Execution, Start]] = deque()
        self._count = 0
        self._waiting = 0

    def new(self, flow: Flow, cause: Cause = Cause.COMMAND, leader: str = "") -> Execution:
        """Name an execution that no step asks for. `leader` is the id of the one that the command has begun with.

        Where a command goes on with the leader, it is the one that was begun after it before.
        """
        known = self._setting.records.begun(leader, cause, flow.name)
        return Execution(known or self._setting.new_id(), flow, cause, leader)

    def are_over(self, executions: Iterable[Execution]) -> bool:
        """Tell whether executions have come to a good end before, and all that they have led to."""
        waiting = deque(executions)
        are_over = True
        while waiting and are_over:
            execution = waiting.popleft()
            while (repeated := self._repeated(execution)) is not None:
                deque(self._again(execution), maxlen=0)
                execution = repeated
            are_over = self._setting.records.has_ended_well(execution.run_id)
            if are_over:
                deque(self._again(execution), maxlen=0)
            waiting.extend(child for child, _ in self._queue)
            self._queue.clear()
        self._count = 0
        return are_over

    def events(self, first: Execution, start: Start) -> Iterator[RunEvent]:
        """Yield what happens until everything that the first execution leads to has ended."""
        yield from self._with_retries(first, start)
        yield from self.left()

    def nested(self, execution: Execution, start: Start) -> Iterator[RunEvent]:
        """Yield the events of one execution beside the first, and of its retries."""
        return _nested(self._with_retries(execution, start), execution)

    def left(self) -> Iterator[RunEvent]:
        """Run what was started without being waited for."""
        while self._queue:
            yield from self.nested(*self._queue.popleft())

    def _with_retries(self, execution: Execution, start: Start) -> Iterator[RunEvent]:
        """Run an execution, and where the command asks for it again and again while it fails.

        A caller who waits for the answer gets the failure: hosted platforms retry asynchronous flows only.
        """
        retry = execution.flow.retry if self._setting.retries else None
        if retry is not None and _is_waited_for(start):
            retry = None
        first = execution.run_id
        while (repeated := self._repeated(execution)) is not None:
            yield from _one(self._again(execution), execution, is_nested=execution.run_id != first)
            execution = repeated
        failed = yield from _one(self._run(execution, start), execution, is_nested=execution.run_id != first)
        while retry is not None and _may_succeed(failed) and execution.attempt <= retry.max_attempts:
            minutes = retry.delay_minutes * (2 ** (execution.attempt - 1) if retry.exponential else 1)
            seconds = min(minutes * 60.0, LONGEST_RETRY_DELAY)
            execution = _retry_of(execution, self._setting.new_id())
            yield Nested(execution, Waiting("", seconds, "flow-retry"))
            if self._setting.waits:
                sleep(self._setting.clock, seconds)
            failed = yield from _one(self._run(execution, start), execution, is_nested=True)

    def _repeated(self, execution: Execution) -> Execution | None:
        """Give the retry of an execution that an earlier command has begun."""
        known = self._setting.records.begun(execution.run_id, Cause.RETRY, execution.flow.name)
        return None if known is None else _retry_of(execution, known)

    def _run(self, execution: Execution, start: Start) -> Iterator[RunEvent]:
        """Run one execution: load its state, record it, save its state when it has ended well."""
        setting = self._setting
        request = self._request(execution, start)
        journal = setting.records.open(execution, request)
        if journal is None:
            yield from self._again(execution)
            return
        self._count += 1
        try:
            happening = launch(
                request,
                setting.catalog,
                setting.implementations,
                setting.clock,
                world=setting.world,
                around=journal.around,
                call_flow=partial(self._called, execution, journal),
                waiting=journal,
            )
            secret = secret_inputs(execution.flow, setting.catalog)
            told = learning(happening, secret, setting.redactor, _named_apart(execution))
            yield next(told)
            yield from (Warned("", message, None) for message in journal.remarks)
            for event in told:
                if isinstance(event, RunFinished):
                    finished, warnings = self._kept(journal, request, event)
                    yield from warnings
                    journal.finish(finished)
                    yield finished
                else:
                    yield event
        finally:
            journal.close()

    def _again(self, execution: Execution) -> Iterator[RunEvent]:
        """Tell again what happened in an execution that is over."""
        setting = self._setting
        past = setting.records.past(execution.run_id)
        if past is None:
            return
        self._count += 1
        secret = secret_inputs(past.flow, setting.catalog)
        for event in learning(past.events(), secret, setting.redactor, _named_apart(execution)):
            yield event
            if isinstance(event, FlowCalling):
                yield from self._called_before(execution, past, event)

    def _called_before(self, caller: Execution, past: Past, calling: FlowCalling) -> Iterator[RunEvent]:
        """Tell again what happened in the flow that a step has called, or note that it may still have to be run."""
        run_id = past.child(calling.path)
        if run_id is None:
            return
        found = self._child(caller, calling, run_id)
        if isinstance(found, Failed):
            if not self._setting.records.has_ended_well(run_id):
                raise XchangeError(ErrorCode.INVALID, f"the run cannot be resumed: {found.message}")
        elif found[0].waited_for:
            yield from _nested(self._again(found[0]), found[0])
        else:
            past.require_secrets(calling.path)
            self._queue.append(found)

    def _request(self, execution: Execution, start: Start) -> Launch:
        """Join what an execution starts from; one that is resumed starts from what it had started from."""
        setting = self._setting
        earlier = setting.records.earlier(execution.run_id)
        if earlier is None:
            earlier = Earlier(iso(setting.clock.now()), setting.memory.load(execution.flow.name))
        return Launch(
            integration=setting.integration,
            flow=execution.flow,
            facts=RunFacts(execution.run_id, earlier.started_at, setting.config_name, start.invoke_type),
            config=setting.config,
            payload=start.payload,
            mocks={**simulated_trigger(start, setting.implementations), **start.mocks},
            until=start.until,
            timeout=start.timeout,
            waits=setting.waits,
            waits_for_answer=start.waits_for_answer,
            state=earlier.state,
        )

    def _kept(
        self, journal: Journal, request: Launch, finished: RunFinished
    ) -> tuple[RunFinished, list[Warned]]:
        """Save the state of an execution that ended well; one whose state cannot be saved has failed."""
        if finished.status.is_failure or finished.stopped_at or journal.is_state_saved:
            return finished, []
        try:
            told = self._setting.memory.save(request.flow.name, request.state, finished.state)
        except XchangeError as error:
            failure = Failure("", "", "state-not-saved", error.message, None)
            return RunFinished(Status.ERROR, failure, None, {}), []
        journal.state_saved()
        return finished, [Warned("", message, None) for message in told]

    def _called(
        self, caller: Execution, journal: Journal, calling: FlowCalling, deadline: float
    ) -> Generator[RunEvent, None, Outcome]:
        """Start the flow that a step calls, or give what it has answered before."""
        found = self._child(caller, calling, journal.child(calling.path))
        if isinstance(found, Failed):
            return found
        child, start = found
        if not child.waited_for:
            self._queue.append(found)
        answer = journal.answer(calling.path)
        if answer is not None:
            yield from _nested(self._again(child), child) if child.waited_for else ()
            return answer
        journal.call(calling.path, child.run_id, child.flow.name)
        if child.waited_for:
            left = deadline - self._setting.clock.monotonic()
            finished = yield from self._wait_for(child, start._replace(timeout=min(SYNCHRONOUS_LIMIT, left)))
            answer = _answer(child.flow, finished, is_all_time=left <= SYNCHRONOUS_LIMIT)
        else:
            answer = Done(ActionResult({"executionId": child.run_id}))
        journal.called(calling.path, answer)
        return answer

    def _child(
        self, caller: Execution, calling: FlowCalling, known: str | None
    ) -> tuple[Execution, Start] | Failed:
        """Prepare the execution that a step asks for, with the run id that it had before a resume."""
        setting, call = self._setting, calling.call
        flow = caller.flow if not call.flow else setting.integration.flow(call.flow)
        if flow is None:
            near = nearest(call.flow, [one.name for one in setting.integration.flows])
            hint = f"; did you mean `{near}`?" if near else ""
            return Failed("no-flow", f"no flow is called `{call.flow}`{hint}", input_key="flowName")
        if self._count + len(self._queue) >= MOST_EXECUTIONS:
            message = f"this run has started {MOST_EXECUTIONS:,} executions, which is all that it may"
            return Failed("too-many-executions", message, is_final=True)
        payload = called_payload(call, caller.run_id)
        waits = call.waits if call.waits is not None else is_answered_at_end(flow, payload)
        if waits and self._waiting >= MOST_NESTED:
            message = (
                f"{MOST_NESTED} flows wait for one another already; do they call each other without end?"
            )
            return Failed("too-many-executions", message, is_final=True)
        cause = Cause.CROSS_FLOW if call.flow else Cause.RECURSION
        child = Execution(
            known or self._setting.new_id(), flow, cause, caller.run_id, calling.path, waited_for=waits
        )
        mocks = setting.mocks_of.get(flow.name, {})
        return child, Start(flow, payload, mocks, waits_for_answer=waits)

    def _wait_for(self, child: Execution, start: Start) -> Generator[RunEvent, None, RunFinished]:
        finished: RunFinished | None = None
        self._waiting += 1
        for event in self._run(child, start):
            if isinstance(event, RunFinished):
                finished = event
            yield _of(child, event)
        self._waiting -= 1
        assert finished is not None
        return finished


def _named_apart(execution: Execution) -> str:
    """Give what tells the secrets of an execution from those of the one that led to it."""
    return execution.run_id if execution.parent else ""


def _one(
    happening: Iterator[RunEvent], execution: Execution, *, is_nested: bool
) -> Generator[RunEvent, None, Failure | None]:
    """Yield what happens in an execution and give what it failed of, unless its time was up."""
    failure = None
    for event in happening:
        if isinstance(event, RunFinished) and event.status is Status.ERROR:
            failure = event.failure
        yield _of(execution, event) if is_nested else event
    return failure


def _retry_of(execution: Execution, run_id: str) -> Execution:
    return execution._replace(
        run_id=run_id, cause=Cause.RETRY, parent=execution.run_id, path="", attempt=execution.attempt + 1
    )


def _nested(happening: Iterator[RunEvent], execution: Execution) -> Iterator[RunEvent]:
    return (_of(execution, event) for event in happening)


def _of(execution: Execution, event: RunEvent) -> RunEvent:
    """Name the execution that an event is of; one of another execution has its name already."""
    return event if isinstance(event, Nested) else Nested(execution, event)


def _is_waited_for(start: Start) -> bool:
    asked = start.waits_for_answer
    return is_answered_at_end(start.flow, as_whole(start.payload)) if asked is None else asked


def _may_succeed(failure: Failure | None) -> bool:
    return failure is not None and failure.kind not in _FAILS_AGAIN


def _answer(flow: Flow, finished: RunFinished, *, is_all_time: bool) -> Outcome:
    """Give the caller what a called flow answered; that a failed one fails the step is likely, not documented.

    `is_all_time`: the called flow had all the time that is left to the caller, so that they are out of time together.
    """
    if finished.failure is not None and finished.status is Status.TIMEOUT and is_all_time:
        message = f"the flow `{flow.name}` has not ended in time: {finished.failure.message}"
        return Failed(TIMEOUT, message, is_final=True)
    if finished.failure is not None:
        return Failed("flow-failed", f"the flow `{flow.name}` failed: {finished.failure.message}")
    response = finished.response
    if response is None:
        return Done(ActionResult())
    return Done(
        ActionResult(
            response.body,
            content_type=response.content_type,
            status_code=response.status_code,
            headers=response.headers,
        )
    )
