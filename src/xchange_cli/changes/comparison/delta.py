"""What differs, without a judgement."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.document.node import Node


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"


class Delta(NamedTuple):
    """One difference of two integrations. Parts and nodes are those of the two files as they are.

    ADDED has no `old`, REMOVED no `new`; what is below such a part is no delta of its own, what was moved out of it or
    into it is. MOVED stands in another list, or elsewhere among the parts that stayed; `behind` is the part of the new
    file that it follows now (also of ADDED), None for the first. CHANGED is one field: `old_value` or `new_value` is
    None where it is not written; `read_old` is the old value in today's names where something that it names has another one.
    `follows` counts, for RENAMED, the references that have the new name.
    """

    what: What
    old: Part | None
    new: Part | None
    address: Address = ()
    old_value: Node | None = None
    new_value: Node | None = None
    behind: Part | None = None
    follows: int = 0
    read_old: Node | None = None

    @property
    def told_old_value(self) -> Node | None:
        """The old value as a reader of the new file compares it: references that follow a new name have it."""
        return self.read_old or self.old_value

    @property
    def part(self) -> Part:
        """The part as it is now, or was when it is gone."""
        part = self.new or self.old
        assert part is not None
        return part

    @property
    def kind(self) -> PartKind:
        return self.part.kind


class Comparison(NamedTuple):
    """Two integrations with what differs, in the order of the new file, removed parts where they were.

    `pairs` leads from the parts of the old one to those of the new one. `as_now` gives a value of the old file the names
    of the new one.
    """

    old: Part
    new: Part
    deltas: tuple[Delta, ...]
    pairs: dict[Part, Part]
    as_now: Callable[[Node], Node] = lambda node: node
