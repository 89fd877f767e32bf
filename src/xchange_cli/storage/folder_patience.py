"""Waiting a moment where Windows refuses a file because somebody has it open just now."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")

_TRIES = 100
_PAUSE = 0.01

if sys.platform == "win32":

    def patiently(act: Callable[[], Result]) -> Result:
        for _ in range(_TRIES):
            with suppress(PermissionError):
                return act()
            time.sleep(_PAUSE)
        return act()

else:

    def patiently(act: Callable[[], Result]) -> Result:
        return act()
