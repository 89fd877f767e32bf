"""Which of the parts in a list have kept their place among the others."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise


def kept_places(positions: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Give the indices of the rising subsequence of most items, of such the heaviest one.

    `positions` are the different places that the items had before, `weights` what counts for staying.
    """
    if all(one < other for one, other in pairwise(positions)):
        return set(range(len(positions)))
    ranks = sorted(positions)
    best: list[tuple[int, int, int]] = [(0, 0, -1)] * (len(positions) + 1)
    before: list[int] = []
    for index, position in enumerate(positions):
        rank = bisect_left(ranks, position)
        count, weight, last = _best_up_to(best, rank)
        before.append(last)
        _offer(best, rank + 1, (count + 1, weight + weights[index], index))
    kept: set[int] = set()
    index = _best_up_to(best, len(positions))[2]
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def _best_up_to(best: list[tuple[int, int, int]], rank: int) -> tuple[int, int, int]:
    """Give the best sequence that ends at one of the lowest `rank` positions (`best` is a Fenwick tree)."""
    found = best[0]
    while rank > 0:
        found = max(found, best[rank])
        rank -= rank & -rank
    return found


def _offer(best: list[tuple[int, int, int]], rank: int, sequence: tuple[int, int, int]) -> None:
    while rank < len(best):
        best[rank] = max(best[rank], sequence)
        rank += rank & -rank
