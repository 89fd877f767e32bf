"""What the expressions of a running flow see."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.source import Span

MAX_WARNINGS = 10
"""Different warnings that are told of one place: what an action says may differ for each item of a loop."""


class RunScope:
    """Results of steps by step key, and config values. Warnings wait here for the interpreter."""

    __slots__ = ("_told", "config", "steps", "warnings")

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.steps: dict[str, Any] = {}
        self.config = config
        self.warnings: list[tuple[str, Span | None]] = []
        self._told: dict[tuple[int, int] | None, set[str]] = {}

    def warn(self, message: str, span: Span | None) -> None:
        """Keep a warning, once for each place; after `MAX_WARNINGS` of a place a last word on the rest."""
        told = self._told.setdefault((span.start, span.end) if span else None, set())
        if message in told or len(told) > MAX_WARNINGS:
            return
        told.add(message)
        is_too_many = len(told) > MAX_WARNINGS
        self.warnings.append(("more warnings like these are not shown" if is_too_many else message, span))
