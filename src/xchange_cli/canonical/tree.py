"""A YAML file as it is written: with anchors, aliases, merges and comments, which the nodes of a document resolve.

The tree belongs to one formatting, which attaches comments to it, orders it and takes parts out of it.
"""

from typing import NamedTuple

from xchange_cli.source import Source


class Comment(NamedTuple):
    """A comment with its `#`. `column` counts from 0; `is_alone` on its line, `after_blank` below a blank line.

    `ignores` tells of one that silences findings.
    """

    start: int
    text: str
    column: int
    is_alone: bool
    after_blank: bool
    ignores: bool = False


class Leaf:
    """A scalar. `anchor` and `tag` are empty where there is none; `is_empty` tells that nothing is written."""

    __slots__ = ("anchor", "end", "is_empty", "start", "style", "tag", "value")

    def __init__(
        self, start: int, end: int, value: str, style: str, anchor: str, tag: str, *, is_empty: bool
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.anchor = anchor
        self.tag = tag
        self.is_empty = is_empty


class Alias:
    """`*name`; `value` is the text of the scalar that it stands for, empty for a collection."""

    __slots__ = ("end", "name", "start", "value")

    def __init__(self, start: int, end: int, name: str, value: str) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.value = value


class Group:
    """A mapping or a list. One that `is_kept` is written as it was; one that `keeps_order` is not sorted.

    `after` are the comments behind its last part, in lines of their own.
    """

    __slots__ = (
        "after",
        "anchor",
        "end",
        "is_flow",
        "is_kept",
        "is_mapping",
        "keeps_order",
        "owner",
        "parts",
        "start",
    )

    def __init__(
        self, start: int, anchor: str, owner: "Part | None", *, is_mapping: bool, is_flow: bool
    ) -> None:
        self.start = start
        self.end = start
        self.anchor = anchor
        self.owner = owner
        self.is_mapping = is_mapping
        self.is_flow = is_flow
        self.is_kept = False
        self.keeps_order = False
        self.parts: list[Part] = []
        self.after: list[Comment] = []


Written = Leaf | Alias | Group


class Part:
    """An entry of a mapping, or an item of a list, whose `key` is None and whose `start` is the place of its dash.

    `before` are the comments in the lines above it, `behind` those at the end of its line. A part that `is_pinned`
    has a comment that silences findings, which may be about all that begins in its line.
    """

    __slots__ = ("before", "behind", "group", "is_pinned", "key", "start", "value")

    def __init__(self, start: int, key: Leaf | Alias | None, group: Group) -> None:
        self.start = start
        self.key = key
        self.group = group
        self.value: Written
        self.before: list[Comment] = []
        self.behind: list[Comment] = []
        self.is_pinned = False

    @property
    def name(self) -> str:
        """The text of the key; empty for an item."""
        return "" if self.key is None else self.key.value


class Tree(NamedTuple):
    """`parts` are those in block style and `flows` the outermost collections in brackets, in the order of the text.

    `texts` are the places of all scalars and aliases. `head` are the comments that stay at the start of the file;
    `has_gap` tells of a blank line behind them.
    """

    source: Source
    root: Group
    parts: list[Part]
    flows: list[Group]
    texts: list[tuple[int, int]]
    has_aliases: bool
    head: list[Comment]
    has_gap: bool = False
