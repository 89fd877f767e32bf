"""What readers are told once: that many steps have the same other version of a component."""

from collections.abc import Iterable, Sequence

from xchange_cli.changes.change import Change
from xchange_cli.changes.grade import Grade
from xchange_cli.formats.words import count

SEVERAL = "several steps"
"""The heading of what is in no step alone."""

_OF_VERSIONS = frozenset(f"component-version-{word}" for word in ("lowered", "pinned", "raised", "unpinned"))
_MANY = 3
_MOST_NAMES = 5

Told = tuple[Change, ...]
"""One change, or several that are told as one: they have the same kind, grade and message."""


def told_once(changes: Iterable[Change]) -> list[Told]:
    """Put together what is alike in many steps, where the first of them stands; all else stands alone."""
    every = list(changes)
    groups = {id(group[0]): group for group in in_many_steps(every)}
    others = {id(change) for group in groups.values() for change in group[1:]}
    return [groups.get(id(change), (change,)) for change in every if id(change) not in others]


def in_many_steps(changes: Iterable[Change]) -> list[Told]:
    """Give what is alike in three or more steps."""
    alike: dict[tuple[str, str, Grade, str | None], list[Change]] = {}
    for change in changes:
        if change.kind in _OF_VERSIONS:
            group = (change.kind, change.message, change.grade, change.approved)
            alike.setdefault(group, []).append(change)
    return [tuple(group) for group in alike.values() if len(group) >= _MANY]


def steps(told: Sequence[Change]) -> str:
    """Say ``3 steps: `A`, `B`, `C` ``; of more than five the first are named."""
    names = [f"`{change.step}`" for change in told[:_MOST_NAMES]]
    more = f" and {len(told) - _MOST_NAMES:,} more" if len(told) > _MOST_NAMES else ""
    return f"{count(len(told), 'step')}: {', '.join(names)}{more}"
