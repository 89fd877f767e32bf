"""A context for tests of components: plain values to see, and lists of what the code did."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from xchange_cli.components.spec import LogLine
from xchange_cli.wire.http import DEFAULT_TERMS, HttpRequest, HttpResponse, Terms, WireError

if TYPE_CHECKING:
    from xchange_cli.javascript.quickjs import CodeHost

Made = TypeVar("Made")


def _nobody(request: HttpRequest) -> HttpResponse:
    raise WireError("network-denied", f"{request.method} {request.url}: give the context an `answer`")


class ReadyHttp:
    """Answers requests by a function; nothing is sent."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer
        self.requests: list[HttpRequest] = []

    def send(self, request: HttpRequest, terms: Terms = DEFAULT_TERMS) -> HttpResponse:
        del terms
        self.requests.append(request)
        return self._answer(request)


@dataclass
class ReadyContext:
    """An `ActionContext` without a run. Time stands still, chance is always `chance`, pauses take no time.

    `kept_state` is what was kept, by kind; `answer` gives the response to each HTTP request. `lines`, `warnings`,
    `writes`, `pauses` and `secrets` hold what the code logged, warned of, asked to write, waited for and told.
    """

    config_vars: Mapping[str, Any] = field(default_factory=dict)
    step_results: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=lambda: {"headers": {}, "body": {"data": None}})
    execution: Mapping[str, Any] = field(default_factory=lambda: {"executionId": "test", "stepId": "step"})
    kept_state: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    answer: Callable[[HttpRequest], HttpResponse] = _nobody
    seconds_left: float = 60.0
    idempotency_key: str = "test/step"
    time: datetime = datetime(2024, 5, 17, 9, 30, 15, tzinfo=UTC)
    chance: float = 0.5
    lines: list[LogLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    secrets: list[tuple[str, str]] = field(default_factory=list)
    _made: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def http(self) -> ReadyHttp:
        return ReadyHttp(self.answer)

    @cached_property
    def javascript(self) -> "CodeHost":
        from xchange_cli.javascript.quickjs import CodeHost

        return CodeHost()

    def state(self, kind: str) -> Mapping[str, Any]:
        return self.kept_state.get(kind, {})

    def require_access(self, host: str, what: Callable[[], str] | None = None) -> None:
        if what is not None:
            self.writes.append(f"{host}: {what()}" if host else what())

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found

    def learn_secret(self, name: str, value: str) -> None:
        self.secrets.append((name, value))

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def now(self) -> datetime:
        return self.time

    def random(self) -> float:
        return self.chance

    def random_bytes(self, count: int) -> bytes:
        return bytes(number % 256 for number in range(count))

    def log(self, level: str, message: str) -> None:
        self.lines.append(LogLine(level.upper(), message))

    def warn(self, message: str) -> None:
        self.warnings.append(message)
