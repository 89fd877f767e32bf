"""YAML text → positioned nodes, in one pass over libyaml's events.

A span begins at the anchor or tag of a value, if there is one. A block collection ends where its last value
ends, a block scalar behind its last character that is not blank.
"""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml import CSafeLoader
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xchange_cli.diagnostics import Diagnostic, Fix, Related, Severity
from xchange_cli.document.core_schema import STARTS_OF_OTHERS, check_collection_tag, resolve, resolve_tagged
from xchange_cli.document.line_separators import readable
from xchange_cli.document.node import ALIAS, Entry, Mapping, Node, Scalar, Sequence
from xchange_cli.source import Source, Span

MAX_DEPTH = 200
MAX_NODES_FROM_ALIASES = 100_000

_MERGE = "<<"
_CONFLICT = "<<<<<<<"
_BLANK = " \t\r\n"
_TAG = re.compile(r"!\S*")
_new = tuple.__new__
"""Makes an `Entry` in half the time that its own constructor takes."""


class Document(NamedTuple):
    """What a text says. `root` is None when the text is empty or is no YAML; `diagnostics` tells why."""

    source: Source
    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def data(self) -> Any:
        return None if self.root is None else self.root.data


def parse(source: Source) -> Document:
    """Read one YAML document; never raises for what the text holds.

    While a merge of it is not finished, its conflicts are all that it says.
    """
    if _CONFLICT in source.text:
        from xchange_cli.document.merge_conflicts import conflict_findings

        conflicts = conflict_findings(source)
        if conflicts:
            return Document(source, None, tuple(conflicts))
    builder = _Builder(source)
    try:
        with _collector_paused():
            root = builder.build()
    except _StopParsing:
        root = None
    except (yaml.YAMLError, ValueError) as error:
        from xchange_cli.document.syntax_errors import syntax_diagnostic

        found = syntax_diagnostic(source, error)
        if found not in builder.diagnostics:
            builder.diagnostics.append(found)
        root = None
    return Document(source, root, tuple(builder.diagnostics))


class _StopParsing(Exception):  # noqa: N818 - not an error of its own: the diagnostic is written already
    """The text is refused: too deep, too large or more than one document."""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Building thousands of small objects that all live on: collecting in between finds nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Builder:
    """Builds nodes from events. One method a node kind; `get` gives the next event."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self._anchors: dict[str, Node | None] = {}
        self._sizes: dict[str, int] = {}
        self._from_aliases = 0
        self._nodes = 0

    get: Callable[[], Any]

    def build(self) -> Node | None:
        text = readable(self.source.text)
        loader = CSafeLoader(text.text)
        try:
            self.get = text.restored(loader.get_event)
            return self._document()
        finally:
            loader.dispose()

    def _document(self) -> Node | None:
        get = self.get
        get()
        if not isinstance(get(), DocumentStartEvent):
            return None
        root = self._node(get(), 0)
        if not isinstance(get(), DocumentEndEvent):  # pragma: no cover - libyaml always ends a document
            return root
        following: Any = get()
        index = following.start_mark.index
        if isinstance(following, DocumentStartEvent):
            self._refuse(
                "multiple-documents",
                index,
                index + 3,
                "a second YAML document starts here; a file holds exactly one",
                "Remove the `---` line, or move what follows to a file of its own.",
            )
        return root

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is MappingStartEvent:
            return self._mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            return self._sequence(event, depth + 1)
        return self._alias(event, depth)

    def _scalar(self, event: Any) -> Scalar:
        value = event.value
        style = event.style or ""
        start = event.start_mark.index
        end = event.end_mark.index
        data = value
        if not style:
            if not event.implicit[0]:
                data = self._tagged(event)
            elif value[:1] in STARTS_OF_OTHERS:
                data = resolve(value)
            if start == end:
                start = end = self._close_to_text(start)
        else:
            if style in "|>":
                end = start + len(self.source.text[start:end].rstrip(_BLANK))
            if not event.implicit[1]:
                data = self._tagged(event)
        node = Scalar(self.source, start, end, value, style, data)
        if event.anchor:
            self._remember(event.anchor, node, 1)
        return node

    def _close_to_text(self, index: int) -> int:
        """Move the place of an empty value from the next token back to the text that it belongs to."""
        text = self.source.text
        while index and text[index - 1] in _BLANK:
            index -= 1
        return index

    def _tagged(self, event: Any) -> Any:
        try:
            return resolve_tagged(event.tag, event.value)
        except ValueError as error:
            self._bad_tag(event, str(error))
            return event.value

    def _bad_tag(self, event: Any, problem: str) -> None:
        from xchange_cli.document.syntax_errors import RULE

        start = event.start_mark.index
        found = _TAG.search(self.source.text, start)
        span = Span(self.source, *found.span()) if found else Span(self.source, start, start)
        hint = "Remove the tag; if the `!` belongs to the text, put the text in quotes."
        self._report(RULE, span, problem, hint=hint)

    def _enter(self, event: Any, depth: int, kind: str) -> int:
        """Check what can be checked before the content is read; give the number of values so far."""
        if depth > MAX_DEPTH:
            self._too_deep(event)
        if event.tag is not None and not event.implicit:
            try:
                check_collection_tag(event.tag, kind)
            except ValueError as error:
                self._bad_tag(event, str(error))
        if event.anchor:
            self._anchors[event.anchor] = None
        return self._nodes + self._from_aliases

    def _sequence(self, event: Any, depth: int) -> Sequence:
        before = self._enter(event, depth, "seq")
        items: list[Node] = []
        get, build = self.get, self._node
        following = get()
        while type(following) is not SequenceEndEvent:
            items.append(build(following, depth))
            following = get()
        closing: Any = following
        start = event.start_mark.index
        end = closing.end_mark.index if event.flow_style or not items else items[-1].end
        node = Sequence(self.source, start, end, items, [item.data for item in items])
        self._nodes += len(items)
        if event.anchor:
            self._remember(event.anchor, node, self._nodes + self._from_aliases - before + 1)
        return node

    def _mapping(self, event: Any, depth: int) -> Mapping | Scalar:
        before = self._enter(event, depth, "map")
        entries: dict[str, Entry] = {}
        data: dict[str, Any] = {}
        merged: list[Node] = []
        complex_keys: list[Node] = []
        last: Node | None = None
        get, build, scalar = self.get, self._node, self._scalar
        following = get()
        while type(following) is not MappingEndEvent:
            key = scalar(following) if type(following) is ScalarEvent else build(following, depth)
            following = get()
            last = value = scalar(following) if type(following) is ScalarEvent else build(following, depth)
            if not isinstance(key, Scalar):
                complex_keys.append(key)
            elif (name := key.value) == _MERGE and not key.style:
                merged.append(value)
            elif name in entries:
                self._duplicate(Entry(key, value), entries[name], is_in_flow=event.flow_style)
            else:
                entries[name] = _new(Entry, (key, value))
                data[name] = value.data
            following = get()
        for node in merged:
            self._merge(node, entries, data)
        closing: Any = following
        start = event.start_mark.index
        if complex_keys:
            template = self._complex_keys(complex_keys, start, closing.end_mark.index)
            if template is not None:
                return template
        end = closing.end_mark.index if event.flow_style or last is None else max(last.end, start)
        mapping = Mapping(self.source, start, end, entries, data)
        self._nodes += 2 * len(entries)
        if event.anchor:
            self._remember(event.anchor, mapping, self._nodes + self._from_aliases - before + 1)
        return mapping

    def _complex_keys(self, keys: list[Node], start: int, end: int) -> Scalar | None:
        """Give the text that somebody meant who wrote `{{$name}}` without quotes; all else is refused."""
        from xchange_cli.document.syntax_errors import BARE_TEMPLATE, bare_template

        text = self.source.text[start:end]
        if BARE_TEMPLATE.fullmatch(text):
            self.diagnostics.append(bare_template(Span(self.source, start, end)))
            return Scalar(self.source, start, end, text, "", text)
        hint = "If the brackets belong to the key, put it in quotes."
        for key in keys:
            message = "a key must be plain text, not a list or a mapping"
            self._report("complex-key", key.span, message, hint=hint)
        return None

    def _merge(self, node: Node, entries: dict[str, Entry], data: dict[str, Any]) -> None:
        """`<<: *base`: keys that are not there yet; earlier sources win (the YAML merge key type)."""
        sources = node.items if isinstance(node, Sequence) else (node,)
        for source in sources:
            if isinstance(source, Mapping):
                for name, entry in source.entries.items():
                    data[name] = entries.setdefault(name, entry).value.data
            else:
                hint = "Name a mapping: `<<: *anchor`."
                self._report("bad-merge", source.span, "`<<` merges mappings; this is not one", hint=hint)

    def _alias(self, event: Any, depth: int) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        target = self._anchors.get(event.anchor)
        if target is None:
            known = event.anchor in self._anchors
            problem = "stands inside the value it names" if known else "names no anchor above it"
            hint = "Put it in quotes if the `*` belongs to the text."
            self._refuse("bad-alias", start, end, f"`*{event.anchor}` {problem}", hint)
        self._nodes -= 1  # what it stands in counts it as one value
        self._from_aliases += self._sizes[event.anchor]
        if self._from_aliases > MAX_NODES_FROM_ALIASES:
            self._refuse(
                "too-many-aliases",
                start,
                end,
                f"the aliases of this file stand for more than {MAX_NODES_FROM_ALIASES:,} values",
                "Write the values out, or use fewer aliases of aliases.",
            )
        if depth + _height(target) > MAX_DEPTH:
            self._too_deep(event)
        return _placed(target, start, end)

    def _remember(self, anchor: str, node: Node, size: int) -> None:
        self._anchors[anchor] = node
        self._sizes[anchor] = size

    def _too_deep(self, event: Any) -> NoReturn:
        index = event.start_mark.index
        hint = "Move parts further up."
        self._refuse("too-deep", index, index + 1, f"nested deeper than {MAX_DEPTH} levels", hint)

    def _duplicate(self, second: Entry, first: Entry, *, is_in_flow: bool) -> None:
        key = second.key
        self._report(
            "duplicate-key",
            key.span,
            f"`{key.value}` is here twice; the first one counts",
            hint="Remove one of the two.",
            related=(Related(first.key.span, "first defined here"),),
            subject=key.value,
            fixes=_without_repetition(second, first, is_in_flow=is_in_flow),
        )

    def _refuse(self, rule: str, start: int, end: int, message: str, hint: str = "") -> NoReturn:
        self._report(rule, Span(self.source, start, end), message, hint=hint)
        raise _StopParsing

    def _report(self, rule: str, span: Span, message: str, **details: Any) -> None:
        self.diagnostics.append(Diagnostic(rule, Severity.ERROR, message, span, **details))


def _without_repetition(second: Entry, first: Entry, *, is_in_flow: bool) -> tuple[Fix, ...]:
    """Remove an entry that says the same again; of two that differ, only the author knows the right one."""
    import json

    from xchange_cli.document.entries import remove_between

    one, other = (json.dumps(entry.value.data, sort_keys=True) for entry in (first, second))
    edit = remove_between(second.key, second.value, is_in_flow=is_in_flow) if one == other else None
    return () if edit is None else (Fix((edit,), safe=True),)


def _height(node: Node) -> int:
    """Count the levels of collections in a value; the limit on aliases bounds what this costs."""
    match node:
        case Mapping():
            return 1 + max((_height(entry.value) for entry in node.entries.values()), default=0)
        case Sequence():
            return 1 + max((_height(item) for item in node.items), default=0)
    return 0


def _placed(target: Node, start: int, end: int) -> Node:
    """Give the anchored value under the alias's own place; what is inside keeps its place."""
    match target:
        case Scalar():
            return Scalar(target.source, start, end, target.value, ALIAS, target.data)
        case Mapping():
            return Mapping(target.source, start, end, dict(target.entries), target.data)
        case Sequence():
            return Sequence(target.source, start, end, list(target.items), target.data)
    return target  # pragma: no cover - the three kinds above are all
