"""Which lines of the files the lines of a comparison are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.changes.change import Change, Line
from xchange_cli.changes.words.lines import AROUND, CAME, FOLDED, GONE
from xchange_cli.source import Span

_LEFT_OUT = re.compile("[0-9]+(?= lines$)")


class Numbers(NamedTuple):
    """The numbers of a line in both files; None where it is in none, or not written there like this."""

    old: int | None = None
    new: int | None = None


class _Reader:
    """Reads the lines of a text in its file, behind the one in which it begins; there are none where they are secret."""

    def __init__(self, span: Span) -> None:
        self.number = span.first.line + 1
        last = span.last.line if not span.source.is_private else 0
        self.lines = [span.source.line(number).strip() for number in range(self.number, last + 1)]
        self.at = 0

    def take(self, text: str) -> int | None:
        """Give the number of the next line if it has this text."""
        if self.at not in range(len(self.lines)) or self.lines[self.at] != text.strip():
            return None
        self.at += 1
        return self.number + self.at - 1


def numbers(change: Change) -> list[Numbers]:
    """Give the numbers of `change.lines`; all are None unless each line stands in the files as it is told.

    A text that is written as a block has all of its lines there, and they are equal up to the first that is told to differ.
    """
    if change.old_span is not None and change.new_span is not None:
        old, new = _Reader(change.old_span), _Reader(change.new_span)
        lead = next((at for at, line in enumerate(change.lines) if line.mark != AROUND), 0)
        old.at = new.at = _first_difference(old.lines, new.lines) - lead
        found = _walked(change.lines, old, new)
        if found is not None:
            return found
    return [Numbers()] * len(change.lines)


def _first_difference(old: Sequence[str], new: Sequence[str]) -> int:
    shorter = min(len(old), len(new))
    return next((at for at in range(shorter) if old[at] != new[at]), shorter)


def _walked(lines: Sequence[Line], old: _Reader, new: _Reader) -> list[Numbers] | None:
    """Follow both files; None where one of them has something else."""
    found = []
    for line in lines:
        if line.mark == FOLDED:
            left_out = _LEFT_OUT.match(line.text)
            for reader in (old, new):
                reader.at += int(left_out[0]) if left_out else 0
            found.append(Numbers())
            continue
        was = old.take(line.text) if line.mark != CAME else None
        now = new.take(line.text) if line.mark != GONE else None
        if (was is None and line.mark != CAME) or (now is None and line.mark != GONE):
            return None
        found.append(Numbers(was, now))
    return found
