"""What actions may use of the world while a call is performed."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar

from xchange_cli.components.spec import ActionContext, ActionError, LogLine
from xchange_cli.engine.events import Failed, StepCall
from xchange_cli.engine.world import NOT_CONNECTED, World
from xchange_cli.javascript.scripts import Scripts
from xchange_cli.wire.guard import Sender
from xchange_cli.wire.http import HttpClient, HttpRequest, WireError

Made = TypeVar("Made")


class Clock(Protocol):
    """Time and chance, so that tests can have their own."""

    def monotonic(self) -> float: ...

    def now(self) -> datetime:
        """The time, in UTC."""
        ...

    def sleep(self, seconds: float) -> None: ...

    def random(self) -> float: ...

    def random_bytes(self, count: int) -> bytes: ...


class LiveContext(ActionContext):
    """What actions may use; one an execution, told at each call what is seen from there."""

    def __init__(
        self,
        *,
        config: Mapping[str, Any],
        payload: Mapping[str, Any],
        execution: Mapping[str, Any],
        clock: Clock,
        deadline: float,
        world: World,
    ) -> None:
        self._config = config
        self._payload = payload
        self._execution = execution
        self._clock = clock
        self._deadline = deadline
        self._world = world
        self._call: StepCall | None = None
        self.logs: list[LogLine] = []
        self.warnings: list[str] = []

    def begin(self, call: StepCall) -> None:
        self._call = call
        if self.logs or self.warnings:
            self.logs = []
            self.warnings = []

    def failed(self, kind: str, message: str, key: str = "", offset: int | None = None) -> Failed:
        return Failed(kind, message, tuple(self.logs), tuple(self.warnings), key, offset)

    @property
    def call(self) -> StepCall:
        assert self._call is not None, "no call has begun"
        return self._call

    @property
    def step_results(self) -> Mapping[str, Any]:
        return self.call.step_results

    @property
    def config_vars(self) -> Mapping[str, Any]:
        return self._config

    @property
    def execution(self) -> Mapping[str, Any]:
        return {**self._execution, **self.call.state, "stepId": self.call.ref}

    @property
    def payload(self) -> Mapping[str, Any]:
        return self._payload

    @property
    def seconds_left(self) -> float:
        return self._deadline - self._clock.monotonic()

    @property
    def idempotency_key(self) -> str:
        return f"{self._execution.get('executionId', '')}/{self.call.step_path}"

    def state(self, kind: str) -> Mapping[str, Any]:
        return self.call.state.get(kind, {})

    @property
    def javascript(self) -> Scripts:
        return self._world.scripts(self.http)

    @cached_property
    def http(self) -> HttpClient:
        from xchange_cli.wire.following import FollowingHttp

        return FollowingHttp(self._world.http, self._before_hop)

    def _before_hop(self, request: HttpRequest) -> None:
        from xchange_cli.engine.stand_in_urls import refuse_stand_in
        from xchange_cli.wire.guarded import require_permission

        if self._world.connects:  # a recording may well have an answer
            refuse_stand_in(request)
        require_permission(request, self._world.guard, lambda: self.sender)

    def require_access(self, host: str, what: Callable[[], str] | None = None) -> None:
        if not self._world.connects:
            action = f"`{self.call.action}` of `{self.call.component}`"
            named = what() if what else f"a connection to {host}" if host else action
            raise WireError("network-denied", f"{named}: {NOT_CONNECTED}", is_final=True)
        if what is not None:
            self._world.guard.require(self.sender, host, what)

    @property
    def sender(self) -> Sender:
        """Tell the write guard who wants to send."""
        return Sender(self.call.ref, self.call.step_name, tuple(_connections(self.call.inputs)))

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        return self._world.kept(key, make)

    def learn_secret(self, name: str, value: str) -> None:
        self._world.learn(name, value)

    def pause(self, seconds: float) -> None:
        if not self._world.waits:
            return
        left = max(self.seconds_left, 0.0)
        if seconds > left:
            raise ActionError(
                f"the wait of {seconds:g} s is longer than the {left:.3g} s that are left to the run",
                kind="timeout",
            )
        self._clock.sleep(max(seconds, 0.0))

    def now(self) -> datetime:
        return self._clock.now()

    def random_bytes(self, count: int) -> bytes:
        return self._clock.random_bytes(count)

    def log(self, level: str, message: str) -> None:
        self.logs.append(LogLine(level.upper(), message))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def random(self) -> float:
        return self._clock.random()


def _connections(inputs: Mapping[str, Any]) -> Iterator[str]:
    for value in inputs.values():
        if isinstance(value, Mapping) and isinstance(value.get("configVarKey"), str):
            yield value["configVarKey"]
