"""Where the text of a run goes: lines that stay, and on a terminal below them what is going on now."""

import os
import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol, TextIO

from xchange_cli.formats.style import Style

_ERASE_LINE_END, _ERASE_BELOW = "\x1b[K", "\x1b[J"
_NEEDED = "⠋━╸"


class Pace(NamedTuple):
    """Seconds. A run that is over before `first` never shows a drawing, nor loads what it takes to make one."""

    first: float = 0.2
    between: float = 0.1


USUAL_PACE = Pace()


class Size(NamedTuple):
    columns: int
    lines: int


class Screen(Protocol):
    def write(self, text: str) -> None:
        """Write whole lines that stay."""
        ...

    def leave(self) -> None:
        """Leave nothing but the lines that stay; more may be written afterwards."""
        ...


Draw = Callable[[Size], list[str]]
"""Gives the lines of what is going on, each narrower than the screen, and fewer than it is high."""


def screen_of(out: TextIO, style: Style, draw: Callable[[], Draw]) -> Screen:
    """Give what a stream can show; `draw` is made by another thread and when it is needed."""
    return LiveScreen(out, draw) if style.is_on and _can_show(out, _NEEDED) else PlainScreen(out)


def _can_show(out: TextIO, characters: str) -> bool:
    try:
        characters.encode(out.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


class PlainScreen:
    """Lines and nothing else."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    def leave(self) -> None:
        return


class LiveScreen:
    """Draws below the lines, from a thread of its own, so that whoever writes never waits for a drawing to be made.

    Between two drawings the cursor stands at the beginning of the drawing: all that is below may go, however the
    terminal has broken the lines after a change of its size.
    """

    def __init__(self, out: TextIO, draw: Callable[[], Draw], pace: Pace = USUAL_PACE) -> None:
        self._out = out
        self._make_draw = draw
        self._pace = pace
        self._lock = threading.Lock()
        self._drawn: list[str] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._keep_drawing, name="drawing", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        with self._lock:
            erased = f"\r{_ERASE_BELOW}" if self._drawn else ""
            self._out.write(f"{erased}{text}{_drawing(self._drawn)}")
            self._out.flush()

    def leave(self) -> None:
        if self._is_over.is_set():
            return
        self._is_over.set()
        self._thread.join()
        with self._lock:
            if self._drawn:
                self._drawn = []
                self._out.write(f"\r{_ERASE_BELOW}")
                self._out.flush()

    def _keep_drawing(self) -> None:
        if self._is_over.wait(self._pace.first):
            return
        draw = self._make_draw()
        while True:
            lines = draw(size_of(self._out))
            with self._lock:
                try:
                    self._show(lines)
                except OSError:  # the terminal is gone; the next line that is written tells
                    return
            if self._is_over.wait(self._pace.between):
                return

    def _show(self, lines: list[str]) -> None:
        if self._is_over.is_set() or lines == self._drawn:
            return
        self._out.write(_drawing(lines) or f"\r{_ERASE_BELOW}")
        self._out.flush()
        self._drawn = lines


def _drawing(lines: list[str]) -> str:
    """Give what draws lines over what was drawn before, and brings the cursor back to where they begin."""
    if not lines:
        return ""
    up = f"\x1b[{len(lines) - 1}A" if len(lines) > 1 else ""
    shown = f"{_ERASE_LINE_END}\n".join(lines)
    return f"\r{shown}{_ERASE_BELOW}{up}\r"


def size_of(out: TextIO) -> Size:
    """Give the size of a terminal as it is now."""
    try:
        found = os.get_terminal_size(out.fileno())
    except (OSError, ValueError):
        return Size(80, 24)
    return Size(found.columns or 80, found.lines or 24)
