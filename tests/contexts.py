"""A context for actions that keeps what they say; the examples of components are performed with its request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xchange_cli.components.spec import LogLine
from xchange_cli.javascript.quickjs import CodeHost


@dataclass
class RecordingContext:
    """An `ActionContext` of plain values; `random` always gives `chance`."""

    step_results: Mapping[str, Any] = field(default_factory=dict)
    config_vars: Mapping[str, Any] = field(default_factory=dict)
    execution: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(
        default_factory=lambda: {"body": {"data": {"id": 1}, "contentType": "application/json"}}
    )
    javascript: CodeHost = field(default_factory=CodeHost)
    seconds_left: float = 60.0
    chance: float = 0.5
    lines: list[LogLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def log(self, level: str, message: str) -> None:
        self.lines.append(LogLine(level, message))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def random(self) -> float:
        return self.chance
