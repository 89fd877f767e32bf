"""The order of what two sides have added, removed and moved."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

from xchange_cli.changes.comparison.stayed import kept_places

Key = TypeVar("Key", bound=Hashable)


class Order(NamedTuple, Generic[Key]):
    """`disputed` are keys that the sides want at different places: what each follows if theirs is chosen, None: nothing.

    In `keys` they stand where ours has them.
    """

    keys: list[Key]
    disputed: dict[Key, Key | None]


def merged_order(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key], present: set[Key]
) -> Order[Key]:
    """Order `present` keys: of any two, the side counts that has changed their order.

    What only one side has stands behind what it follows there, at one place first that of ours.
    """
    common, open_keys = _common_order(base, ours, theirs)
    order = _with_others([key for key in common if key in present], ours, theirs, base, present)
    steady = [key for key in order if key not in open_keys]
    behind = {key: _before(theirs, key, set(steady)) for key in order if key in open_keys}
    return Order(order, behind)


def our_order(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key], present: set[Key]
) -> list[Key]:
    """Order `present` keys as ours are: for what is known by its name, and not by its place."""
    return _with_others(
        [key for key in ours if key in present and key in set(theirs)], ours, theirs, base, present
    )


def has_moved(key: Key, was: Sequence[Key], now: Sequence[Key]) -> bool:
    """Tell whether a key that is in both may have been moved among the others: of two that changed places, both may."""
    places = _places(was)
    common = [one for one in now if one in places]
    kept = kept_places([places[one] for one in common], [int(one != key) for one in common])
    return common.index(key) not in kept


def _with_others(
    order: list[Key], ours: Sequence[Key], theirs: Sequence[Key], base: Sequence[Key], present: set[Key]
) -> list[Key]:
    known_to_theirs = {*theirs, *base}
    for side in (ours, theirs):
        before: list[Key] = []
        placed = set(order)
        for key in side:
            if key in present and key not in placed:
                at = next((order.index(one) + 1 for one in reversed(before) if one in placed), 0)
                while side is theirs and at < len(order) and order[at] not in known_to_theirs:
                    at += 1
                order.insert(at, key)
                placed.add(key)
            before.append(key)
    return order


def _before(order: Sequence[Key], key: Key, among: set[Key]) -> Key | None:
    return next((one for one in reversed(order[: order.index(key)]) if one in among), None)


def _common_order(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]
) -> tuple[list[Key], set[Key]]:
    """Order what both sides have, and tell of what they do not agree."""
    was, mine, other = _places(base), _places(ours), _places(theirs)
    keys = [key for key in ours if key in other]
    steady = set(_steady(keys, was, mine, other))
    wins = dict.fromkeys(keys, 0)
    disputed: set[Key] = set()
    for one, two in combinations(keys, 2):  # in our order
        is_theirs = other[one] > other[two]
        if is_theirs and not (one in was and two in was):
            new = {key for key in (one, two) if key not in was}
            disputed |= new if {one, two} - new <= steady else set()
        elif is_theirs and was[one] < was[two]:
            wins[two] += 1
            continue
        wins[one] += 1
    order = sorted(keys, key=lambda key: (-wins[key], mine[key]))
    for circle in _circles(order, wins):
        agreed = _steady(circle, was, mine, other)
        disputed.update(key for key in circle if key not in agreed)
    return order, disputed


def _places(side: Sequence[Key]) -> dict[Key, int]:
    return {key: at for at, key in enumerate(side)}


def _circles(order: Sequence[Key], wins: dict[Key, int]) -> Iterator[Sequence[Key]]:
    """Yield the stretches in which the wishes of both sides go round in a circle."""
    start = total = 0
    for end in range(1, len(order) + 1):
        total += wins[order[end - 1]]
        if total == end * (end - 1) // 2 + end * (len(order) - end):
            if end - start > 1:
                yield order[start:end]
            start = end


def _steady(keys: Sequence[Key], *places: Mapping[Key, int]) -> list[Key]:
    """Give the most keys that stand in one order everywhere."""
    best: dict[Key, list[Key]] = {}
    for key in sorted((key for key in keys if all(key in one for one in places)), key=places[0].__getitem__):
        before = (found for last, found in best.items() if all(one[last] < one[key] for one in places))
        best[key] = [*max(before, key=len, default=[]), key]
    return max(best.values(), key=len, default=[])
