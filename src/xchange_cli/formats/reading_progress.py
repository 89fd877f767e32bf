"""How far the reading of many files is, on one line of a terminal that is gone at the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_PATIENCE = 1.0
"""Seconds in which nobody wonders."""

_CLEARED = "\r\x1b[K"


@contextmanager
def reading_progress(
    out: TextIO, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """Give what is to be told how many files of how many are read; it says so on a terminal when it takes long."""
    started = clock()
    shown = False

    def told(done: int, files: int) -> None:
        nonlocal shown
        if out.isatty() and clock() - started > _PATIENCE:
            shown = True
            out.write(f"{_CLEARED}reading integrations: {done:,} of {files:,}")
            out.flush()

    try:
        yield told
    finally:
        if shown:
            out.write(_CLEARED)
            out.flush()
