"""The seam to the world: performers answer step calls. Live, mocked and replayed runs differ only here."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, LogLine, Perform
from xchange_cli.engine.events import Done, Failed, Outcome, StepCall
from xchange_cli.javascript.quickjs import CodeHost

MAX_LOG_CHARACTERS = 4096
"""Hosted platforms cut log lines here."""


class Performer(Protocol):
    """Performs one call; failures are outcomes, exceptions are bugs."""

    def perform(self, call: StepCall) -> Outcome: ...


class Clock(Protocol):
    """Time and chance, so that tests can have their own."""

    def monotonic(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...

    def random(self) -> float: ...


class LivePerformer:
    """Performs actions with the code of their components. `deadline` is a time of `clock.monotonic`."""

    def __init__(
        self,
        implementations: Implementations,
        *,
        config: Mapping[str, Any],
        payload: Mapping[str, Any],
        execution: Mapping[str, Any],
        clock: Clock,
        deadline: float,
    ) -> None:
        self._implementations = implementations
        self._context = _LiveContext(config, payload, execution, clock, deadline)
        self._performs: dict[tuple[str, str], Perform | None] = {}

    def perform(self, call: StepCall) -> Outcome:
        perform = self._perform_for(call.component, call.action)
        if perform is None:
            return not_implemented(call)
        context = self._context
        context.begin(call.step_results)
        try:
            result = perform(context, call.inputs)
        except ActionError as error:
            return Failed(
                error.kind,
                error.message,
                tuple(context.logs),
                tuple(context.warnings),
                error.input_key,
                error.offset,
                is_final=error.kind == "timeout" and context.seconds_left <= 0,
            )
        if context.logs or context.warnings:
            return Done(result, tuple(context.logs), tuple(context.warnings))
        return Done(result)

    def _perform_for(self, component: str, action: str) -> Perform | None:
        key = (component, action)
        if key not in self._performs:
            self._performs[key] = self._implementations.perform_for(component, action)
        return self._performs[key]


class _LiveContext(ActionContext):
    """What actions may use; one a run, told at each call what is seen from there."""

    def __init__(
        self,
        config: Mapping[str, Any],
        payload: Mapping[str, Any],
        execution: Mapping[str, Any],
        clock: Clock,
        deadline: float,
    ) -> None:
        self._config = config
        self._payload = payload
        self._execution = execution
        self._clock = clock
        self._deadline = deadline
        self._step_results: Mapping[str, Any] = {}
        self._javascript: CodeHost | None = None
        self.logs: list[LogLine] = []
        self.warnings: list[str] = []

    def begin(self, step_results: Mapping[str, Any]) -> None:
        self._step_results = step_results
        if self.logs or self.warnings:
            self.logs = []
            self.warnings = []

    @property
    def step_results(self) -> Mapping[str, Any]:
        return self._step_results

    @property
    def config_vars(self) -> Mapping[str, Any]:
        return self._config

    @property
    def execution(self) -> Mapping[str, Any]:
        return self._execution

    @property
    def payload(self) -> Mapping[str, Any]:
        return self._payload

    @property
    def seconds_left(self) -> float:
        return self._deadline - self._clock.monotonic()

    @property
    def javascript(self) -> CodeHost:
        if self._javascript is None:
            self._javascript = CodeHost()
        return self._javascript

    def log(self, level: str, message: str) -> None:
        self.logs.append(LogLine(level.upper(), message[:MAX_LOG_CHARACTERS]))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def random(self) -> float:
        return self._clock.random()


class MockPerformer:
    """Answers the steps that have a mock and hands on the others.

    `mocks` are results by step key, or by step key and iteration (`createRow[2]`); `{"error": "message"}` makes
    the step fail. A step with branches follows the branch that its result names, or the one in
    `{"branch": "Name", "result": …}`.
    """

    def __init__(
        self, mocks: Mapping[str, Any], branches: Mapping[str, tuple[str, ...]], otherwise: Performer
    ) -> None:
        self._mocks = mocks
        self._branches = branches
        self._otherwise = otherwise

    def perform(self, call: StepCall) -> Outcome:
        for key in (_iteration_key(call), call.ref):
            if key in self._mocks:
                return self._answer(call.ref, self._mocks[key])
        return self._otherwise.perform(call)

    def _answer(self, ref: str, value: Any) -> Outcome:
        if isinstance(value, dict) and value.keys() == {"error"}:
            return Failed("mocked", str(value["error"]))
        names = self._branches.get(ref)
        if names is None:
            return Done(ActionResult(value))
        if isinstance(value, dict) and value.keys() == {"branch", "result"}:
            return Done(ActionResult(value["result"], branch=str(value["branch"])))
        if value in names:
            return Done(ActionResult(value, branch=value))
        first = names[0] if names else ""
        return Done(
            ActionResult(value, branch=first),
            warnings=(f"the mock names no branch; `{first}`, the first one, is followed",),
        )


class ReplayPerformer:
    """Answers from the outcomes of an earlier run, by path; performs nothing."""

    def __init__(self, outcomes: Mapping[str, Outcome]) -> None:
        self._outcomes = outcomes

    def perform(self, call: StepCall) -> Outcome:
        return self._outcomes[call.path]


class RecordingPerformer:
    """Keeps what another performer answered."""

    def __init__(self, performer: Performer, keep: Callable[[str, Outcome], None]) -> None:
        self._performer = performer
        self._keep = keep

    def perform(self, call: StepCall) -> Outcome:
        outcome = self._performer.perform(call)
        self._keep(call.path, outcome)
        return outcome


def not_implemented(call: StepCall) -> Failed:
    return Failed(
        "not-implemented",
        f"`{call.action}` of `{call.component}` cannot be performed here; give the step a result with "
        f"--mock {call.ref}=FILE, or write components/{call.component}.yml and .py of your own",
    )


def _iteration_key(call: StepCall) -> str:
    """Give `createRow[2]` for `loopOverItems[2]/createRow`, `` outside of loops."""
    parent, _, _ = call.path.rpartition("/")
    index = parent.rpartition("[")[2]
    return f"{call.ref}[{index}" if parent else ""
