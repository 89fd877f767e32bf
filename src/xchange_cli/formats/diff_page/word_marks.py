"""Which words of two lines differ."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 10_000
"""Pairs of words that are compared at most; of longer lines all between their equal ends counts as different."""
_LEAST_ALIKE = 0.3

_Block = tuple[bool, int, int, int, int]
"""Whether they differ: words `[1]:[2]` of the old line, and `[3]:[4]` of the new one."""


class Part(NamedTuple):
    """A part of a line, and whether the other line has something else in its place."""

    text: str
    differs: bool


def marked(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Give both lines in parts; lines that have next to nothing in common differ as a whole."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    blocks = _blocks(before, after)
    alike = sum(
        len("".join(before[first:last]).strip()) for differs, first, last, *_ in blocks if not differs
    )
    if alike < _LEAST_ALIKE * max(len(old), len(new)):
        return (Part(old, differs=True),), (Part(new, differs=True),)
    gone = (Part("".join(before[first:last]), differs) for differs, first, last, *_ in blocks)
    came = (Part("".join(after[first:last]), differs) for differs, _, _, first, last in blocks)
    return tuple(part for part in gone if part.text), tuple(part for part in came if part.text)


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
    ends = len(old) - last, len(new) - last
    inner = old[first : ends[0]], new[first : ends[1]]
    found: list[_Block] = [(True, 0, len(inner[0]), 0, len(inner[1]))]
    if len(inner[0]) * len(inner[1]) <= _MOST:
        codes = SequenceMatcher(None, *inner, autojunk=False).get_opcodes()
        found = [(tag != "equal", a, b, c, d) for tag, a, b, c, d in codes]
    return [
        (False, 0, first, 0, first),
        *((differs, a + first, b + first, c + first, d + first) for differs, a, b, c, d in found),
        (False, ends[0], len(old), ends[1], len(new)),
    ]
