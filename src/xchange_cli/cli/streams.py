"""The three standard streams, made safe to read from and write to."""

import contextlib
import os
import sys
from io import TextIOWrapper

_OUTPUTS = (-11, -12)
_TAKES_ESCAPE_CODES = 4


def prepare() -> None:
    """Make sure that no character and no missing stream can stop a command.

    Standard output is UTF-8 wherever it is not a terminal: who reads it is a program, on whatever machine.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as the program
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as the program
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as the program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    switch_on_escape_codes()


def switch_on_escape_codes() -> None:
    """Let a Windows console paint; it shows escape codes as they are until it is told."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        for number in _OUTPUTS:
            handle, mode = kernel.GetStdHandle(number), ctypes.c_ulong()
            if kernel.GetConsoleMode(handle, ctypes.byref(mode)):
                kernel.SetConsoleMode(handle, mode.value | _TAKES_ESCAPE_CODES)


def flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def silence() -> None:
    """Send what is still buffered nowhere, so that Python does not complain about a closed pipe at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
