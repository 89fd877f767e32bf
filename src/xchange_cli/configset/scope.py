"""What an expression can see before a run: config variables, and no steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xchange_cli.source import Span


@dataclass(frozen=True, slots=True)
class ConfigScope:
    """Collects warnings; whoever evaluates decides what they are worth."""

    config: Mapping[str, Any]
    steps: Mapping[str, Any] = field(default_factory=dict)
    warnings: list[tuple[str, Span]] = field(default_factory=list)

    def warn(self, message: str, span: Span) -> None:
        self.warnings.append((message, span))
