"""The last line of a terminal while a run goes on; nothing where the output is not a terminal."""

import re
from collections.abc import Callable
from typing import TextIO

from xchange_cli.formats.folding import cut
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH

REDRAWN_EVERY = 0.1


class Progress:
    """`name` gives the name of a step by its key."""

    def __init__(
        self, out: TextIO, style: Style, now: Callable[[], float], name: Callable[[str], str]
    ) -> None:
        self._out = out
        self._style = style
        self._now = now
        self._name = name
        self._drawn_at = 0.0
        self._is_shown = False
        self._positions: dict[str, str] = {}
        self._totals: dict[str, int] = {}

    def say(self, text: str) -> None:
        """Show what is being done now."""
        if self._style.is_on:
            self._draw(text)

    def loop(self, ref: str, total: int) -> None:
        self._totals[ref] = total

    def iteration(self, path: str, ref: str, position: int) -> None:
        """Show how far the loops have come, now and then."""
        if not self._style.is_on:
            return
        self._positions[ref] = f"{self._name(ref)} {position:,} of {self._totals[ref]:,}"
        now = self._now()
        if now - self._drawn_at >= REDRAWN_EVERY:
            self._drawn_at = now
            loops = [re.split(r"[\[~]", part)[0] for part in path.split("/")]
            self._draw(" › ".join(self._positions[loop] for loop in loops if loop in self._positions))  # noqa: RUF001

    def clear(self) -> None:
        if self._is_shown:
            self._out.write("\r\x1b[K")
            self._is_shown = False

    def _draw(self, text: str) -> None:
        self._out.write(f"\r{self._style.paint('dim', cut(f'  {text} …', WIDTH - 1))}\x1b[K")
        self._out.flush()
        self._is_shown = True
