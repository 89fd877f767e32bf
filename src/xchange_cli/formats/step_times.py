"""How long steps take: events have no time of their own, so whoever shows them looks at the clock."""

from collections.abc import Callable


class StepTimes:
    """Milliseconds from a step's start to its end, by path."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._begun: dict[str, float] = {}

    def begin(self, path: str) -> None:
        self._begun.setdefault(path, self._now())

    def end(self, path: str) -> float:
        begun = self._begun.pop(path, None)
        return 0.0 if begun is None else (self._now() - begun) * 1000

    def under_way(self, path: str) -> float | None:
        """Give the seconds since a step's start; None when it has ended, or never began."""
        begun = self._begun.get(path)
        return None if begun is None else self._now() - begun
