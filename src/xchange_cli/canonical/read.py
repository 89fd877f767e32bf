"""Text → tree, in one pass over libyaml's events."""

import re
from collections.abc import Callable
from typing import Any

from yaml import CSafeLoader
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from xchange_cli.canonical.tree import Alias, Group, Leaf, Part, Tree, Written
from xchange_cli.document.line_separators import readable
from xchange_cli.source import Source

_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n]*(?:[ \t\r\n]+(?:#[^\r\n]*[ \t\r\n]*)*|\Z))+")
_TO_DASH = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*|[&!][^ \t\r\n]*)*-")
_BLANK = " \t\r\n"
_ENDS = (MappingEndEvent, SequenceEndEvent)


def read_tree(source: Source) -> Tree:
    """Read a text that `document.parse` has read without finding an error, and that has a mapping at its top."""
    text = readable(source.text)
    loader = CSafeLoader(text.text)
    try:
        reader = _Reader(source, text.restored(loader.get_event))
        root = reader.root()
    finally:
        loader.dispose()
    return Tree(source, root, reader.parts, reader.flows, reader.texts, reader.has_aliases, [])


class _Reader:
    def __init__(self, source: Source, get: Callable[[], Any]) -> None:
        self._text = source.text
        self._get = get
        self._values: dict[str, str] = {}
        self.parts: list[Part] = []
        self.flows: list[Group] = []
        self.texts: list[tuple[int, int]] = []
        self.has_aliases = False

    def root(self) -> Group:
        event = self._get()
        while not isinstance(event, DocumentStartEvent):
            event = self._get()
        root = self._node(self._get(), None, in_flow=False)
        assert isinstance(root, Group)
        return root

    def _node(self, event: Any, owner: Part | None, *, in_flow: bool) -> Written:
        if type(event) is ScalarEvent:
            return self._leaf(event)
        if type(event) is AliasEvent:
            return self._alias(event)
        return self._group(event, owner, in_flow=in_flow)

    def _leaf(self, event: Any) -> Leaf:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        anchor, tag = event.anchor or "", event.tag or ""
        content = start
        if anchor or tag:
            match = _PROPERTIES.match(self._text, start)
            content = min(match.end(), end) if match else start
            self._values[anchor] = event.value
        if style in {"|", ">"}:
            end = content + len(self._text[content:end].rstrip(_BLANK))
        is_empty = not style and not event.value
        if not is_empty:
            self.texts.append((content, end))
        return Leaf(start, end, event.value, style, anchor, tag, is_empty=is_empty)

    def _alias(self, event: Any) -> Alias:
        start, end = event.start_mark.index, event.end_mark.index
        self.texts.append((start, end))
        self.has_aliases = True
        return Alias(start, end, event.anchor, self._values.get(event.anchor, ""))

    def _group(self, event: Any, owner: Part | None, *, in_flow: bool) -> Group:
        is_mapping = isinstance(event, MappingStartEvent)
        group = Group(
            event.start_mark.index,
            event.anchor or "",
            owner,
            is_mapping=is_mapping,
            is_flow=bool(event.flow_style),
        )
        if group.is_flow and not in_flow:
            self.flows.append(group)
        in_flow = in_flow or group.is_flow
        cursor = group.start
        following = self._get()
        while type(following) not in _ENDS:
            part = self._part(following, group, cursor, in_flow=in_flow)
            group.parts.append(part)
            cursor = part.value.end
            following = self._get()
        group.end = following.end_mark.index if group.is_flow else cursor
        return group

    def _part(self, event: Any, group: Group, cursor: int, *, in_flow: bool) -> Part:
        if group.is_mapping:
            key = self._node(event, None, in_flow=in_flow)
            assert not isinstance(key, Group)
            part = Part(key.start, key, group)
            event = None
        else:
            dash = None if in_flow else _TO_DASH.match(self._text, cursor)
            part = Part(dash.end() - 1 if dash else event.start_mark.index, None, group)
        if not in_flow:
            self.parts.append(part)
        part.value = self._node(event or self._get(), part, in_flow=in_flow)
        return part
