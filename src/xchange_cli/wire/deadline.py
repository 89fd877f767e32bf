"""Until when an exchange must be over, and whom it talks to."""

import threading
import time

LONGEST_WAIT = 86_400.0
"""Seconds; operating systems do not take just any number."""


class Deadline(threading.local):
    """Each thread makes one exchange at a time and has its own. `peer` is the last host and port connected to."""

    end: float = 0.0
    peer: str = ""

    def begin(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.peer = ""

    @property
    def left(self) -> float:
        """Seconds; negative when it is over."""
        return min(self.end - time.monotonic(), LONGEST_WAIT)
