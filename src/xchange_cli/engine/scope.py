"""What the expressions of a running flow see."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.source import Span


class RunScope:
    """Results of steps by step key, and config values. Template warnings wait here for the interpreter."""

    __slots__ = ("_told", "config", "steps", "warnings")

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.steps: dict[str, Any] = {}
        self.config = config
        self.warnings: list[tuple[str, Span | None]] = []
        self._told: set[tuple[str, int, int]] = set()

    def warn(self, message: str, span: Span | None) -> None:
        """Keep a warning, once for each place."""
        place = (message, span.start, span.end) if span else (message, 0, 0)
        if place not in self._told:
            self._told.add(place)
            self.warnings.append((message, span))
