"""The step machine: a generator that yields events and requests, and performs nothing itself.

It reads no clock, no random number and no environment: the same program, context and answers give the same
events. `StepStarting` is answered with an Outcome, `Waiting` with None; everything else needs no answer.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from xchange_cli.components.spec import ActionResult
from xchange_cli.document.node import Scalar
from xchange_cli.engine.events import (
    Done,
    Failed,
    Failure,
    Handling,
    IterationStarting,
    LogWritten,
    LoopStarted,
    Outcome,
    Response,
    RunEvent,
    RunFinished,
    RunStarted,
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
from xchange_cli.source import Span

Events = Generator[RunEvent, Outcome | None, None]
Steps = Generator[RunEvent, Outcome | None, "Signal"]

LONGEST_DELAY = 24 * 60 * 60
"""Back-off is capped at a day, as for retries of whole flows on hosted platforms."""


class Signal(Enum):
    """How a list of steps ended."""

    COMPLETED = auto()
    BROKE_LOOP = auto()
    STOPPED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class ExecutionContext:
    """What a run starts from. `until` is a step key; the run ends when that step has finished."""

    run_id: str
    config: Mapping[str, Any] = field(default_factory=dict)
    until: str = ""


def run(program: Program, context: ExecutionContext) -> Events:
    """Run a flow from its trigger to its end."""
    return _Run(program, context).events()


class _Run:
    def __init__(self, program: Program, context: ExecutionContext) -> None:
        self._program = program
        self._until = context.until
        self._run_id = context.run_id
        self._scope = RunScope(context.config)
        self._steps = self._scope.steps
        self._last = ActionResult()
        self._trigger_answer = ActionResult()
        self._failure: Failure | None = None
        self._stopped_at = ""
        self._state: dict[str, Any] = {}
        self._is_timeout = False

    def events(self) -> Events:
        yield RunStarted(self._program.flow.name)
        signal = yield from self._list(self._program.steps, "")
        if signal is Signal.FAILED:
            status = Status.TIMEOUT if self._is_timeout else Status.ERROR
            yield RunFinished(status, self._failure, None, {})
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
        path = prefix + step.ref
        attempt = 1
        while True:
            outcome = yield from self._attempt(step, path, attempt)
            if isinstance(outcome, Done):
                return (yield from self._follow(step, path, attempt, outcome.result))
            handling = self._handling(step, outcome, attempt)
            failure = _failure(step, path, outcome)
            yield StepFailed(failure, attempt, handling)
            if handling is Handling.ENDED_RUN:
                self._failure = failure
                self._is_timeout = outcome.is_final
                return Signal.FAILED
            if handling is Handling.IGNORED:
                self._last = ActionResult()
                self._steps[step.ref] = {"results": None}
                return self._reached(step, Signal.COMPLETED)
            yield Waiting(path, _delay(step, attempt), "retry")
            attempt += 1

    def _attempt(self, step: CompiledStep, path: str, attempt: int) -> Generator[RunEvent, Any, Outcome]:
        scope = self._scope
        inputs = dict(step.constants)
        for key, value in step.dynamic:
            inputs[key] = value(scope)
        if scope.warnings:
            yield from self._warnings(path)
        call_path = path if attempt == 1 else f"{path}#{attempt}"
        call = StepCall(call_path, step.ref, step.component, step.action, inputs, attempt, self._steps)
        outcome: Outcome = yield StepStarting(call)
        for line in outcome.logs:
            yield LogWritten(path, line.level, line.message)
        if outcome.warnings:
            for message in outcome.warnings:
                scope.warn(message, step.step.name_node.span)
            yield from self._warnings(path)
        return outcome

    def _warnings(self, path: str) -> Generator[RunEvent, Any, None]:
        for message, span in self._scope.warnings:
            yield Warned(path, message, span)
        self._scope.warnings.clear()

    def _follow(self, step: CompiledStep, path: str, attempt: int, result: ActionResult) -> Steps:
        """Do what the result says: wait, repeat, branch, break, stop."""
        if result.state:
            self._state.update(result.state)
        if result.wait > 0:
            yield Waiting(path, result.wait, "sleep")
        if result.items is not None:
            return (yield from self._loop(step, path, attempt, result))
        self._last = result
        self._steps[step.ref] = {"results": result.data}
        if step.step.is_trigger:
            self._trigger_answer = result
        yield StepFinished(path, step.ref, attempt, result)
        if result.branch is not None and step.branches is not None:
            prefix = path[: len(path) - len(step.ref)]
            signal = yield from self._list(step.branches.get(result.branch, ()), prefix)
            if signal is not Signal.COMPLETED:
                return signal
        if result.stop:
            return Signal.STOPPED
        return self._reached(step, Signal.BROKE_LOOP if result.break_loop else Signal.COMPLETED)

    def _reached(self, step: CompiledStep, signal: Signal) -> Signal:
        if step.ref == self._until:
            self._stopped_at = step.ref
            return Signal.STOPPED
        return signal

    def _loop(self, step: CompiledStep, path: str, attempt: int, result: ActionResult) -> Steps:
        """Run the body once an item; the loop's result has the last step's data of each whole iteration."""
        items = result.items or ()
        body = step.body or ()
        results: list[Any] = []
        yield LoopStarted(path, step.ref, len(items))
        for index, item in enumerate(items):
            for ref in step.conditional:
                self._steps.pop(ref, None)
            self._steps[step.ref] = {"currentItem": item, "index": index}
            yield IterationStarting(path, step.ref, index)
            self._last = ActionResult()
            signal = yield from self._list(body, f"{path}[{index}]/")
            if signal is Signal.BROKE_LOOP:
                break
            if signal is not Signal.COMPLETED:
                return signal
            results.append(self._last.data)
        self._last = ActionResult(results)
        self._steps[step.ref] = {"results": results}
        yield StepFinished(path, step.ref, attempt, self._last)
        return self._reached(step, Signal.COMPLETED)

    def _handling(self, step: CompiledStep, outcome: Failed, attempt: int) -> Handling:
        error = step.error
        if outcome.is_final or error.handler == "fail":
            return Handling.ENDED_RUN
        if error.handler == "ignore":
            return Handling.IGNORED
        if error.handler == "retry" and attempt <= error.max_attempts:
            return Handling.RETRIED
        return Handling.IGNORED if error.ignore_final else Handling.ENDED_RUN

    def _response(self) -> Response:
        """Give the answer of a synchronous flow, or what the trigger answers at once."""
        if self._program.flow.is_synchronous:
            last = self._last
            content_type = last.content_type or _content_type(last.data)
            return Response(last.status_code or 200, content_type, last.headers or {}, last.data)
        answer = self._trigger_answer
        body = {"executionId": self._run_id} if answer.answer is None else answer.answer
        content_type = answer.content_type or _content_type(body)
        return Response(answer.status_code or 200, content_type, answer.headers or {}, body)


def _content_type(body: Any) -> str:
    return "text/plain" if isinstance(body, str) else "application/json"


def _delay(step: CompiledStep, attempt: int) -> float:
    factor = 2 ** (attempt - 1) if step.error.exponential else 1
    return float(min(step.error.delay_seconds * factor, LONGEST_DELAY))


def _failure(step: CompiledStep, path: str, outcome: Failed) -> Failure:
    return Failure(path, step.ref, outcome.kind, outcome.message, _blamed(step, outcome))


def _blamed(step: CompiledStep, outcome: Failed) -> Span:
    """Point at the character of the input, at the input, or at the step's name."""
    given = step.step.inputs.get(outcome.input_key)
    if given is None:
        return step.step.name_node.span
    node = given.value_node
    if outcome.offset is not None and isinstance(node, Scalar) and outcome.offset < len(node.value):
        return node.span_of(outcome.offset, outcome.offset + 1)
    return node.span
