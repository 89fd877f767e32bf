"""Which of the parts that have no partner by name are the same under another name.

What two parts hold counts by the weight of what they share; long texts count line by line. So does what reads both, but
only in their favour. Where they stand counts too, and decides alone where they hold next to nothing. More than `THRESHOLD`
of it all makes them the same, those most alike first. Only parts with the same key (of a step: its action) are compared at
all, and a feature that many have proposes no partner, so that the cost stays near to the number of parts.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xchange_cli.changes.comparison.part import Part

THRESHOLD = 0.5
_LITTLE = 0.25
"""Parts that hold as much are judged by it and by their place alike."""
_FOR_PLACE = 0.2
_COMMON = 12
"""What more parts have on each side than this tells them not apart."""
_FEW = 400
"""So many pairs are compared one by one."""


class Candidate(NamedTuple):
    """A part with what it holds, by weight, with where it stands, and with what reads it."""

    part: Part
    key: Hashable
    content: Mapping[Hashable, float]
    place: frozenset[Hashable]
    readers: frozenset[Hashable] = frozenset()

    @property
    def weight(self) -> float:
        return sum(self.content.values())


Judge = Callable[[Candidate, Candidate, float], bool]
"""Says whether two candidates are the same that are as much alike."""


def is_alike(_old: Candidate, _new: Candidate, likeness: float) -> bool:
    return likeness > THRESHOLD


def pairs(
    olds: Sequence[Candidate], news: Sequence[Candidate], is_enough: Judge = is_alike
) -> Iterator[tuple[Part, Part]]:
    """Yield pairs, the most similar first; of equals those that stand at like positions. Each part is in one at most."""
    found = [
        (-alike, abs(first - second), first + second, first, second)
        for first, second, alike in _enough(olds, news, is_enough)
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for *_, first, second in sorted(found):
        if first not in taken_old and second not in taken_new:
            taken_old.add(first)
            taken_new.add(second)
            yield olds[first].part, news[second].part


def clear_pairs(
    olds: Sequence[Candidate], news: Sequence[Candidate], is_enough: Judge
) -> Iterator[tuple[Part, Part]]:
    """Yield the pairs of which each part is the only one that the other can be."""
    found = [(first, second) for first, second, _ in _enough(olds, news, is_enough)]
    rivals = [Counter(side) for side in zip(*found, strict=True)]
    for first, second in found:
        if rivals[0][first] == rivals[1][second] == 1:
            yield olds[first].part, news[second].part


def _enough(
    olds: Sequence[Candidate], news: Sequence[Candidate], is_enough: Judge
) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that may be the same by their positions, with how much they are alike."""
    for first, second in _proposed(olds, news):
        alike = likeness(olds[first], news[second])
        if is_enough(olds[first], news[second], alike):
            yield first, second, alike


def likeness(one: Candidate, other: Candidate) -> float:
    """Give how much two are alike, from 0 to 1 for what they hold, and a little more for standing at the same place."""
    following = len(one.readers & other.readers)
    common = following + sum(
        min(weight, other.content.get(feature, 0.0)) for feature, weight in one.content.items()
    )
    weights = one.weight + following, other.weight + following
    content = 2 * common / sum(weights) if any(weights) else 1.0
    places = one.place | other.place
    place = len(one.place & other.place) / len(places) if places else 0.0
    certainty = max(weights) / (max(weights) + _LITTLE)
    return round(certainty * content + (1 - certainty + _FOR_PLACE) * place, 9)


def _proposed(olds: Sequence[Candidate], news: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth a comparison, by their positions, each once."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, candidates in enumerate((olds, news)):
        for number, candidate in enumerate(candidates):
            groups.setdefault(candidate.key, ([], []))[side].append(number)
    for first, second in groups.values():
        if len(first) * len(second) <= _FEW:
            yield from ((old, new) for old in first for new in second)
        else:
            yield from _sharing_something_rare(olds, news, first, second)


def _sharing_something_rare(
    olds: Sequence[Candidate], news: Sequence[Candidate], first: list[int], second: list[int]
) -> Iterator[tuple[int, int]]:
    by_feature: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, (candidates, numbers) in enumerate(((olds, first), (news, second))):
        for number in numbers:
            one = candidates[number]
            for feature in (*one.content, *one.place, *one.readers):
                by_feature.setdefault(feature, ([], []))[side].append(number)
    rare = (having for having in by_feature.values() if max(map(len, having)) <= _COMMON)
    yield from dict.fromkeys((old, new) for having in rare for old in having[0] for new in having[1])
