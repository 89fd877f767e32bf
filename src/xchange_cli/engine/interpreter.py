"""The step machine: a generator that yields events and requests, and performs nothing itself.

It reads no clock, no random number and no environment: the same program, context and answers give the same
events. `StepStarting` and `FlowCalling` are answered with an Outcome, `Waiting` with None; everything else needs no answer.

What hosted platforms do not document, and is chosen here: a pass that is broken off adds no entry to the results
of its loop; a loop without steps gives a null for each item; a pass sees nothing of the passes before it; the
error handling of a loop or a branching step does not cover the steps inside; a break outside of a loop is an error.
"""

from collections.abc import Generator, Mapping, Sequence
from enum import Enum, auto
from types import MappingProxyType
from typing import Any, NamedTuple

from xchange_cli.components.spec import ActionResult, FlowCall
from xchange_cli.document.node import Scalar
from xchange_cli.engine.answers import first_answer, last_answer
from xchange_cli.engine.events import (
    Done,
    Failed,
    Failure,
    FlowCalling,
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    Outcome,
    Response,
    RunEvent,
    RunFinished,
    RunStarted,
    State,
    Status,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.engine.program import CompiledStep, Program
from xchange_cli.engine.scope import RunScope
from xchange_cli.engine.state import merged
from xchange_cli.expression.ast import Literal
from xchange_cli.source import Span

Events = Generator[RunEvent, Outcome | None, None]
Steps = Generator[RunEvent, Outcome | None, "Signal"]

LONGEST_DELAY = 24 * 60 * 60
"""Back-off is capped at a day, as for retries of whole flows on hosted platforms."""

MAX_PASSES = 2**31 - 1
"""No run comes near it in its time; beyond, lengths of ranges cannot be told on every machine."""

MAX_EMPTY_PASSES = 1_000_000
"""Of a loop without steps: nothing is performed in it, so that no deadline can end it."""


class Signal(Enum):
    """How a list of steps ended."""

    COMPLETED = auto()
    NOTHING_NEW = auto()
    BROKE_LOOP = auto()
    STOPPED = auto()
    FAILED = auto()


class ExecutionContext(NamedTuple):
    """What a run starts from. `until` is a step key; the run ends when that step has finished.

    `is_synchronous` tells whether the caller waits for the answer; None leaves it to the flow. `state` is what earlier
    runs have kept, by kind.
    """

    run_id: str
    config: Mapping[str, Any] = MappingProxyType({})
    until: str = ""
    is_synchronous: bool | None = None
    state: State = MappingProxyType({})


def run(program: Program, context: ExecutionContext) -> Events:
    """Run a flow from its trigger to its end."""
    return _Run(program, context).events()


class _Run:
    """`_last` is what the step executed last gave: the answer of a synchronous flow.

    `_ended_with` is the data of the step that ended last, which a loop collects: a step with branches ends after
    the steps inside.
    """

    def __init__(self, program: Program, context: ExecutionContext) -> None:
        self._program = program
        self._context = context
        self._until = context.until or None
        self._scope = RunScope(context.config)
        self._steps = self._scope.steps
        self._last = ActionResult()
        self._ended_with: Any = None
        self._trigger_answer = ActionResult()
        self._failure: Failure | None = None
        self._is_timeout = False
        self._stopped_at = ""
        self._state: State = context.state

    def events(self) -> Events:
        yield RunStarted(self._program.flow.name)
        signal = yield from self._list(self._program.steps, "")
        if signal is Signal.FAILED:
            status = Status.TIMEOUT if self._is_timeout else Status.ERROR
            yield RunFinished(status, self._failure, None, {})
            return
        if signal is Signal.NOTHING_NEW:
            yield RunFinished(Status.NO_CHANGES, None, None, self._state)
            return
        response = None if self._stopped_at else self._response()
        yield RunFinished(Status.SUCCESS, None, response, self._state, self._stopped_at)

    def _list(self, steps: tuple[CompiledStep, ...], prefix: str) -> Steps:
        for step in steps:
            signal = yield from self._step(step, prefix)
            if signal is not Signal.COMPLETED:
                return signal
        return Signal.COMPLETED

    def _step(self, step: CompiledStep, prefix: str) -> Steps:
        """`prefix` is what the path begins with; it is empty outside of loops."""
        path = prefix + step.segment
        warnings = self._scope.warnings
        attempt = 1
        while True:
            call = self._call(step, path, attempt)
            if warnings:
                yield from self._warnings(path)
            outcome = yield StepStarting(call)
            assert outcome is not None
            if outcome.logs or outcome.warnings:
                yield from self._said(step, path, outcome)
            if isinstance(outcome, Done) and outcome.result.call is not None:
                outcome = yield from self._called(step, call.path, outcome.result, outcome.result.call)
            refusal = outcome if isinstance(outcome, Failed) else _refusal(step, prefix, outcome.result)
            if refusal is None:
                assert isinstance(outcome, Done)
                return (yield from self._follow(step, prefix, attempt, outcome.result))
            handling = _handling(step, refusal, attempt)
            failure = _failure(step, path, refusal)
            yield StepFailed(failure, attempt, handling)
            if handling is Handling.ENDED_RUN:
                return self._failed(failure, refusal)
            if handling is Handling.IGNORED:
                self._last = ActionResult()
                self._steps[step.ref] = {"results": None}
                return self._ended(step, None, Signal.COMPLETED)
            yield Waiting(path, _delay(step, attempt), "retry")
            attempt += 1

    def _call(self, step: CompiledStep, path: str, attempt: int) -> StepCall:
        inputs = dict(step.constants)
        key = unusable = ""
        try:
            for key, value in step.dynamic:
                inputs[key] = value(self._scope)
        except RecursionError:
            unusable = key
        if attempt > 1:
            path = f"{path}#{attempt}"
        return StepCall(
            path,
            step.ref,
            step.component,
            step.action,
            inputs,
            attempt,
            self._steps,
            unusable,
            step.is_public,
            self._state,
            _delay(step, attempt) if _is_retried(step, attempt) else None,
            step.step.name,
        )

    def _called(
        self, step: CompiledStep, path: str, result: ActionResult, call: FlowCall
    ) -> Generator[RunEvent, Outcome | None, Outcome]:
        """Have another flow started; its answer is laid over the result of the step that calls it."""
        answer = yield FlowCalling(path, step.ref, call)
        assert answer is not None
        if answer.logs or answer.warnings:
            yield from self._said(step, path, answer)
        if isinstance(answer, Failed):
            return answer
        given = answer.result
        return Done(
            result._replace(
                data=given.data,
                content_type=given.content_type,
                status_code=given.status_code,
                headers=given.headers,
                call=None,
            )
        )

    def _said(self, step: CompiledStep, path: str, outcome: Outcome) -> Generator[RunEvent, Any, None]:
        for line in outcome.logs:
            yield LogWritten(path, line.level, line.message)
        for message in outcome.warnings:
            self._scope.warn(message, step.step.name_node.span)
        yield from self._warnings(path)

    def _warnings(self, path: str) -> Generator[RunEvent, Any, None]:
        for message, span in self._scope.warnings:
            yield Warned(path, message, span)
        self._scope.warnings.clear()

    def _failed(self, failure: Failure, outcome: Failed) -> Signal:
        self._failure = failure
        self._is_timeout = outcome.is_final and outcome.kind == "timeout"
        return Signal.FAILED

    def _follow(self, step: CompiledStep, prefix: str, attempt: int, result: ActionResult) -> Steps:
        """Do what the result says: wait, repeat, branch, break, stop."""
        path = prefix + step.segment
        if result.state:
            self._state = merged(self._state, result.state)
        if result.wait > 0:
            yield Waiting(path, result.wait, "sleep")
        if result.items is not None:
            return (yield from self._loop(step, path, attempt, result.items))
        self._last = result
        self._steps[step.ref] = {"results": result.data}
        if step.step.is_trigger:
            self._trigger_answer = result
        inside = self._chosen(step, result)
        if self._scope.warnings:
            yield from self._warnings(path)
        yield StepFinished(path, step.ref, attempt, result)
        signal = Signal.COMPLETED
        if inside:
            signal = yield from self._list(inside, prefix)
            if signal is Signal.FAILED:
                yield from self._uncovered(step, path)
        if signal is Signal.COMPLETED:
            signal = _asked_for(step, result)
        return self._ended(step, result.data, signal)

    def _chosen(self, step: CompiledStep, result: ActionResult) -> tuple[CompiledStep, ...]:
        """Give the steps of the branch to follow; warn where there are steps inside and none is run."""
        branches, branch = step.branches or {}, result.branch
        if result.no_changes or (branch is None and not branches and not step.body):
            return ()
        if branch is not None and branch in branches:
            return branches[branch]
        if branch is not None:
            message = f"the step chose the branch `{branch}`, which it does not have"
        elif step.body:
            message = "the step gave nothing to repeat over; the steps inside are not run"
        elif any(branches.values()):
            message = "the step chose no branch; the steps inside are not run"
        else:
            return ()
        self._scope.warn(message, step.step.name_node.span)
        return ()

    def _loop(self, step: CompiledStep, path: str, attempt: int, items: Sequence[Any]) -> Steps:
        """Run the body once an item; the loop's result has the last step's data of each whole pass."""
        body = step.body or ()
        steps = self._steps
        results: list[Any] = []
        yield LoopStarted(path, step.ref, len(items))
        for index, item in enumerate(items):
            for ref in step.inside:
                steps.pop(ref, None)
            steps[step.ref] = {"currentItem": item, "index": index}
            yield IterationStarting(path, step.ref, index)
            self._ended_with = None
            signal = yield from self._list(body, f"{path}[{index}]/")
            if signal is Signal.BROKE_LOOP:
                break
            if signal is Signal.FAILED:
                yield from self._uncovered(step, path)
            if signal is not Signal.COMPLETED:
                return signal
            results.append(self._ended_with)
        self._last = ActionResult(results)
        steps[step.ref] = {"results": results}
        yield StepFinished(path, step.ref, attempt, self._last)
        return self._ended(step, results, Signal.COMPLETED)

    def _ended(self, step: CompiledStep, data: Any, signal: Signal) -> Signal:
        """Note what a step and all inside it came to; the step that the run was to reach ends it."""
        self._ended_with = data
        if step.ref == self._until and signal in {Signal.COMPLETED, Signal.BROKE_LOOP}:
            self._stopped_at = step.ref
            return Signal.STOPPED
        return signal

    def _uncovered(self, step: CompiledStep, path: str) -> Generator[RunEvent, Any, None]:
        """Warn where the user may have meant the error handling of a step for the steps inside."""
        if step.error.handler in {"ignore", "retry"} and not self._is_timeout:
            message = (
                f"`{step.error.handler}` of this step does not cover the steps inside; platforms may differ"
            )
            yield Warned(path, message, step.step.name_node.span)

    def _response(self) -> Response:
        is_synchronous = self._context.is_synchronous
        if self._program.flow.is_answered_at_end if is_synchronous is None else is_synchronous:
            return last_answer(self._last)
        return first_answer(self._trigger_answer, self._context.run_id)


def _asked_for(step: CompiledStep, result: ActionResult) -> Signal:
    """Give how the list that a step is in goes on after it, as its result asks."""
    if result.no_changes and step.step.is_trigger:
        return Signal.NOTHING_NEW
    if result.stop:
        return Signal.STOPPED
    return Signal.BROKE_LOOP if result.break_loop else Signal.COMPLETED


def _refusal(step: CompiledStep, prefix: str, result: ActionResult) -> Failed | None:
    """Say why a result cannot be followed where the step stands; None if it can."""
    if result.items is None:
        if result.break_loop and not prefix:
            return Failed("no-loop", "there is no loop around this step to leave")
        return None
    most = MAX_PASSES if step.body else MAX_EMPTY_PASSES
    try:
        passes = len(result.items)
    except OverflowError:
        passes = MAX_PASSES + 1
    if passes <= most:
        return None
    kind = "a loop" if step.body else "a loop without steps"
    return Failed("too-many-passes", f"{kind} can have {most:,} passes and not more")


def _handling(step: CompiledStep, outcome: Failed, attempt: int) -> Handling:
    error = step.error
    if outcome.is_final or error.handler not in {"ignore", "retry"}:
        return Handling.ENDED_RUN
    if error.handler == "ignore":
        return Handling.IGNORED
    if _is_retried(step, attempt):
        return Handling.RETRIED
    return Handling.IGNORED if error.ignore_final else Handling.ENDED_RUN


def _is_retried(step: CompiledStep, attempt: int) -> bool:
    return step.error.handler == "retry" and attempt <= step.error.max_attempts


def _delay(step: CompiledStep, attempt: int) -> float:
    factor = 2 ** min(attempt - 1, 17) if step.error.exponential else 1
    return float(min(step.error.delay_seconds * factor, LONGEST_DELAY))


def _failure(step: CompiledStep, path: str, outcome: Failed) -> Failure:
    return Failure(path, step.ref, outcome.kind, outcome.message, _blamed(step, outcome))


def _blamed(step: CompiledStep, outcome: Failed) -> Span:
    """Point at the character of the input, at the input, or at the step's name."""
    given = step.step.inputs.get(outcome.input_key)
    if given is None:
        return step.step.name_node.span
    node, offset = given.value_node, outcome.offset
    if isinstance(given.expression, Literal) and isinstance(node, Scalar) and offset is not None:
        return node.span_of(offset, offset + 1) if offset < len(node.value) else node.span
    return node.span
