"""A list that stays short: of many things it keeps the first and the last."""

from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class BothEnds(Generic[T]):
    """Keeps `most` things at most: half of them the first ones, the others the latest."""

    def __init__(self, most: int) -> None:
        self._first: list[T] = []
        self._room = most // 2
        self._last: deque[T] = deque(maxlen=most - self._room)
        self._count = 0

    def append(self, thing: T) -> None:
        self._count += 1
        if len(self._first) < self._room:
            self._first.append(thing)
        else:
            self._last.append(thing)

    def __iter__(self) -> Iterator[T]:
        yield from self._first
        yield from self._last

    @property
    def left_out(self) -> int:
        """How many of those that were appended are not kept."""
        return self._count - len(self._first) - len(self._last)
