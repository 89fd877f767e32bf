"""Colour and weight on terminals; nothing anywhere else."""

import os
from collections.abc import Mapping
from typing import TextIO

_CODES = {"ok": "32", "error": "1;31", "warning": "1;33", "info": "1;36", "bold": "1", "dim": "2"}


class Style:
    """Paints text where that is wanted, and gives it back as it is where not."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on

    @classmethod
    def of(cls, out: TextIO, environment: Mapping[str, str] = os.environ) -> "Style":
        """Paint only on a terminal, never with `NO_COLOR`, nor on a terminal that says it is `dumb`."""
        plain = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
        return cls(is_on=not plain and out.isatty())

    def paint(self, kind: str, text: str) -> str:
        """Paint text as `ok`, `error`, `warning`, `info`, `bold` or `dim`."""
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self.is_on and text else text
