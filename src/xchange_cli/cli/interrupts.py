"""Ctrl-C, and the signal that asks a program to end, while something runs that Python cannot interrupt.

Python answers a signal between two of its own instructions. An embedded JavaScript engine holds the main thread
for as long as its call takes, so that Ctrl-C in an endless loop would wait for the time limit.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator

from xchange_cli.cli.exits import Exit

CLEARED = "\r\x1b[J"
"""Takes away what is drawn from the cursor on: the live tree of a run may have several rows."""

GRACE = 1.0
"""Seconds in which the program may end by itself, with everything that it wants to say."""


@contextlib.contextmanager
def answered_promptly(message: str) -> Iterator[None]:
    """End the process with a message when Ctrl-C was pressed and the main thread does not answer.

    SIGTERM counts as Ctrl-C, unless it is ignored. Elsewhere than on POSIX systems such a call still runs up to its
    time limit.
    """
    if os.name != "posix":
        yield
        return
    takes_ending = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if takes_ending:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    signals, noted = os.pipe()
    os.set_blocking(noted, False)
    earlier = signal.set_wakeup_fd(noted, warn_on_full_buffer=False)
    answered = threading.Event()
    threading.Thread(target=_watch, args=(signals, answered, message), daemon=True).start()
    try:
        yield
    finally:
        answered.set()
        signal.set_wakeup_fd(earlier)
        if takes_ending:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(noted)


def _watch(signals: int, answered: threading.Event, message: str) -> None:
    """Wait for signals, which the interpreter notes as bytes the moment they come."""
    with os.fdopen(signals, "rb", buffering=0) as noted:
        while received := noted.read(1):
            if received[0] in {signal.SIGINT, signal.SIGTERM} and not answered.wait(GRACE):
                with contextlib.suppress(OSError):  # whoever read it may be gone
                    if sys.stdout.isatty():
                        sys.stdout.write(CLEARED)
                    sys.stdout.flush()
                    sys.stderr.write(f"{message}\n")
                    sys.stderr.flush()
                os._exit(Exit.INTERRUPTED)
