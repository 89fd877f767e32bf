"""Lines that went beside the lines that came in their places."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter

_WORD = re.compile(r"\w+")
_MOST = 1_000
"""Pairs of lines that are compared at most; more are put side by side as they come."""
_LEAST_ALIKE = 0.5

Pair = tuple[int | None, int | None]
"""Positions among the lines that went and that came."""

_Choice = tuple[float, tuple[tuple[int, int], ...]]
"""How much some pairs have in common, and the pairs."""


def aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Yield all lines in their order: those that are alike side by side, between them one after the other."""
    was = now = 0
    for first, second in (*_alike(old, new), (len(old), len(new))):
        yield from zip_longest(range(was, first), range(now, second))
        if first < len(old):
            yield first, second
        was, now = first + 1, second + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Choose the pairs, in order, that together have most in common."""
    if len(old) == len(new) or len(old) * len(new) > _MOST:
        return ()
    words = [frozenset(_WORD.findall(line)) for line in new]
    above: list[_Choice] = [(0.0, ())] * (len(new) + 1)
    for first, line in enumerate(old):
        row: list[_Choice] = [(0.0, ())]
        own = frozenset(_WORD.findall(line))
        for second, other in enumerate(words):
            score, pairs = above[second]
            likeness = _likeness(own, other)
            together = (score + likeness, (*pairs, (first, second))) if likeness >= _LEAST_ALIKE else row[-1]
            row.append(max(together, row[-1], above[second + 1], key=itemgetter(0)))
        above = row
    return above[-1][1]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
