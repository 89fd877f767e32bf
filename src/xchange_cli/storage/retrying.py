"""Trying again, so that a store that fails now and then looks like one that does not."""

import random
import time
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple, TypeVar

from xchange_cli.errors import XchangeError
from xchange_cli.storage.store import Blob, Store, WriteRefusedError

MOST_TRIES = 7
MOST_SECONDS = 90.0
"""After which no further try begins, however long each took."""

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
"""Seconds; a pause is drawn between none and twice the one before."""

Result = TypeVar("Result")


class Clock(NamedTuple):
    """Seconds, waiting for some, and a number from 0 to 1 that differs from process to process."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[], float] = random.random


class Retrying:
    """A store that tries again what failed and may work later.

    A write that may have been done is recognised by its content.
    """

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        self._store = store
        self._clock = clock or Clock()

    @property
    def url(self) -> str:
        return self._store.url

    @property
    def readers(self) -> int:
        return self._store.readers

    def read(self, name: str) -> Blob | None:
        return self._tried(lambda: self._store.read(name))

    def write(self, name: str, data: bytes, *, if_absent: bool = False, if_match: str | None = None) -> str:
        tries = 0

        def write() -> str:
            nonlocal tries
            tries += 1
            try:
                return self._store.write(name, data, if_absent=if_absent, if_match=if_match)
            except WriteRefusedError:
                if tries == 1:
                    raise
                there = self._store.read(name)
                if there is None or there.data != data:
                    raise
                return there.tag

        return self._tried(write)

    def list(self, prefix: str, after: str = "") -> Iterator[str]:
        """Go on behind the last name that came, wherever a listing breaks off."""
        pauses = self._pauses()
        while True:
            try:
                for name in self._store.list(prefix, after):
                    yield name
                    after, pauses = name, self._pauses()
            except XchangeError as error:
                self._pause(pauses, error)
            else:
                return

    def delete(self, name: str) -> None:
        self._tried(lambda: self._store.delete(name))

    def _tried(self, act: Callable[[], Result]) -> Result:
        pauses = self._pauses()
        while True:
            try:
                return act()
            except XchangeError as error:
                self._pause(pauses, error)

    def _pause(self, pauses: Iterator[float], error: XchangeError) -> None:
        """Wait for the next try, or raise the error where there is none."""
        pause = next(pauses, None) if error.retryable else None
        if pause is None:
            raise error
        self._clock.sleep(pause)

    def _pauses(self) -> Iterator[float]:
        """Give how long to wait before each further try; the time runs from now."""
        end = self._clock.now() + MOST_SECONDS
        longest = (min(LONGEST_PAUSE, FIRST_PAUSE * 2**number) for number in range(MOST_TRIES - 1))
        pauses = (self._clock.draw() * pause for pause in longest)
        return takewhile(lambda pause: self._clock.now() + pause < end, pauses)
