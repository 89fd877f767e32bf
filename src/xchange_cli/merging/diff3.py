"""Three versions of a list of lines become one: each stretch that one side has changed is taken from that side."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Stretch(NamedTuple):
    """Lines of the result. `is_agreed` tells that all three are the same, or were settled; else somebody has to choose."""

    is_agreed: bool
    ours: tuple[str, ...]
    base: tuple[str, ...]
    theirs: tuple[str, ...]


def diff3(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Stretch]:
    """Yield the result in stretches; of an agreed one all three sides are the result.

    What both sides have changed in the same way is agreed. Two changes that touch are in each other's way.
    """
    done = [0, 0, 0]
    for start, end, first, second in (
        *_common(base, ours, theirs),
        (len(base), len(base), len(ours), len(theirs)),
    ):
        if (start, first, second) != tuple(done):
            yield _settled(base[done[0] : start], ours[done[1] : first], theirs[done[2] : second])
        if end > start:
            same = tuple(base[start:end])
            yield Stretch(is_agreed=True, ours=same, base=same, theirs=same)
        done = [end, first + end - start, second + end - start]


def merged_text(base: str, ours: str, theirs: str) -> tuple[str, str]:
    """Merge texts line by line: give the result with all that is open as ours has it, and as theirs has it."""
    stretches = list(diff3(_lines(base), _lines(ours), _lines(theirs)))
    sides = ((line for one in stretches for line in getattr(one, side)) for side in ("ours", "theirs"))
    first, second = (_joined("".join(side)) for side in sides)
    return first, second


def _lines(text: str) -> list[str]:
    """Split at line feeds; the last line counts as one with an end, so that it can get lines behind it."""
    return [f"{line}\n" for line in text.split("\n")]


def _joined(text: str) -> str:
    return text[:-1] if text else ""


def _settled(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Stretch:
    was, one, other = tuple(base), tuple(ours), tuple(theirs)
    if other in {one, was}:
        return Stretch(is_agreed=True, ours=one, base=one, theirs=one)
    if one == was:
        return Stretch(is_agreed=True, ours=other, base=other, theirs=other)
    return Stretch(is_agreed=False, ours=one, base=was, theirs=other)


def _common(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches that all three have: start and end in the base, start in ours and in theirs."""
    sides = [
        SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks() for side in (ours, theirs)
    ]
    first = second = 0
    while first < len(sides[0]) and second < len(sides[1]):
        one, other = sides[0][first], sides[1][second]
        start = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if start < end:
            yield start, end, one.b + start - one.a, other.b + start - other.a
        if one.a + one.size < other.a + other.size:
            first += 1
        else:
            second += 1
