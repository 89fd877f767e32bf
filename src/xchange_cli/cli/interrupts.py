"""Ctrl-C while something runs that Python cannot interrupt.

Python answers a signal between two of its own instructions. An embedded JavaScript engine holds the main thread
for as long as its call takes, so that Ctrl-C in an endless loop would wait for the time limit.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from xchange_cli.cli.exits import Exit

GRACE = 1.0
"""Seconds in which the program may end by itself, with everything that it wants to say."""


@contextmanager
def answered_promptly() -> Iterator[None]:
    """End the process when Ctrl-C was pressed and the main thread does not answer.

    Elsewhere than on POSIX systems such a call still runs up to its time limit.
    """
    if os.name != "posix":
        yield
        return
    signals, noted = os.pipe()
    os.set_blocking(noted, False)
    earlier = signal.set_wakeup_fd(noted, warn_on_full_buffer=False)
    answered = threading.Event()
    threading.Thread(target=_watch, args=(signals, answered), daemon=True).start()
    try:
        yield
    finally:
        answered.set()
        signal.set_wakeup_fd(earlier)
        os.close(noted)


def _watch(signals: int, answered: threading.Event) -> None:
    """Wait for signals, which the interpreter notes as bytes the moment they come."""
    with os.fdopen(signals, "rb", buffering=0) as noted:
        while received := noted.read(1):
            if received[0] == signal.SIGINT and not answered.wait(GRACE):
                sys.stdout.flush()
                sys.stderr.write("interrupted\n")
                sys.stderr.flush()
                os._exit(Exit.INTERRUPTED)
