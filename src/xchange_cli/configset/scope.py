"""What an expression can see before a run: config variables, and no steps."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xchange_cli.source import Span


class ConfigScope:
    """Collects warnings; whoever evaluates decides what they are worth."""

    steps: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = config
        self.warnings: list[tuple[str, Span]] = []

    def warn(self, message: str, span: Span) -> None:
        self.warnings.append((message, span))
