"""How far a publishing is, on one line of a terminal that is gone at the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_PATIENCE = 1.0
"""Seconds in which nobody wonders."""

_BAR = 30
_CLEARED = "\r\x1b[K"


@contextmanager
def publishing_progress(
    out: TextIO, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """Give what is to be told how many integrations of how many are done; it says so on a terminal when it takes long."""
    started = clock()
    shown = False

    def told(done: int, every: int) -> None:
        nonlocal shown
        if out.isatty() and clock() - started > _PATIENCE:
            shown = True
            full = _BAR * done // max(1, every)
            out.write(f"{_CLEARED}publishing [{'#' * full}{' ' * (_BAR - full)}] {done:,} of {every:,}")
            out.flush()

    try:
        yield told
    finally:
        if shown:
            out.write(_CLEARED)
            out.flush()
