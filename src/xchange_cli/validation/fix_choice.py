"""Which fixes of findings can be made, and which of them at once."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Edit, Fix
from xchange_cli.document.edit import collide
from xchange_cli.validation.result import Fixable


class Fixing(Enum):
    """Which fixes are made. Safe ones cannot change what a file means, or its only possible meaning is the new one."""

    NONE = auto()
    SAFE = auto()
    ALL = auto()


class Chosen(NamedTuple):
    """A finding and the fix that is to mend it."""

    found: Diagnostic
    fix: Fix


def fix_of(found: Diagnostic, *, unsafe: bool) -> Fix | None:
    """Give the first fix that may be used; one only edits the file of its finding, and none a private file."""
    if found.span.source.is_private:
        return None
    return next((fix for fix in found.fixes if _is_usable(fix, found, unsafe=unsafe)), None)


def _is_usable(fix: Fix, found: Diagnostic, *, unsafe: bool) -> bool:
    name = found.span.source.name
    return (
        (fix.safe or unsafe) and bool(fix.edits) and all(edit.span.source.name == name for edit in fix.edits)
    )


def fixable_left(diagnostics: Iterable[Diagnostic], done: Fixing) -> Fixable:
    """Count what fixes could still mend: where some have been made, those of that kind that are left cannot be."""
    safe = either = 0
    for found in diagnostics if done is not Fixing.ALL else ():
        safe += fix_of(found, unsafe=False) is not None
        either += fix_of(found, unsafe=True) is not None
    return Fixable(safe if done is Fixing.NONE else 0, either - safe)


def choose(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> list[Chosen]:
    """Choose one fix for each finding, leaving out those that are in the way of an earlier one."""
    chosen: list[Chosen] = []
    taken: list[Edit] = []
    for found in diagnostics:
        fix = fix_of(found, unsafe=unsafe)
        if fix is not None and not any(_is_in_the_way(edit, taken) for edit in fix.edits):
            chosen.append(Chosen(found, fix))
            for edit in fix.edits:
                insort(taken, edit, key=_start)
    return chosen


def _is_in_the_way(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Tell whether an edit collides with one of those taken, which are in order and do not collide themselves."""
    index = bisect_left(taken, edit.span.start, key=_start)
    return any(collide(edit, other) for other in taken[max(0, index - 1) : index + 1])


def _start(edit: Edit) -> int:
    return edit.span.start
