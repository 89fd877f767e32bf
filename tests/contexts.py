"""A context for actions that keeps what they say; the examples of components are performed with its request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from xchange_cli.components.spec import LogLine
from xchange_cli.engine.world import NoHttp
from xchange_cli.javascript.quickjs import CodeHost
from xchange_cli.wire.http import HttpClient, WireError


@dataclass
class RecordingContext:
    """An `ActionContext` of plain values; `random` always gives `chance`, `now` `time`."""

    step_results: Mapping[str, Any] = field(default_factory=dict)
    config_vars: Mapping[str, Any] = field(default_factory=dict)
    execution: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(
        default_factory=lambda: {"body": {"data": {"id": 1}, "contentType": "application/json"}}
    )
    javascript: CodeHost = field(default_factory=CodeHost)
    seconds_left: float = 60.0
    chance: float = 0.5
    http: HttpClient = field(default_factory=NoHttp)
    idempotency_key: str = "01JTEST/step"
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    time: datetime = datetime(2024, 5, 17, 9, 30, 15, 123000, UTC)
    connects: bool = False
    writes: list[tuple[str, str]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    made: dict[Any, Any] = field(default_factory=dict)
    secrets: list[tuple[str, str]] = field(default_factory=list)
    lines: list[LogLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def log(self, level: str, message: str) -> None:
        self.lines.append(LogLine(level, message))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def random(self) -> float:
        return self.chance

    def state(self, kind: str) -> Mapping[str, Any]:
        return self.kinds.get(kind, {})

    def require_access(self, host: str, what: Callable[[], str] | None = None) -> None:
        if not self.connects:
            raise WireError("network-denied", "no connections in this test", is_final=True)
        if what is not None:
            self.writes.append((host, what()))

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def kept(self, key, make):
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def learn_secret(self, name: str, value: str) -> None:
        self.secrets.append((name, value))

    def now(self) -> datetime:
        return self.time

    def random_bytes(self, count: int) -> bytes:
        return bytes(range(count))
