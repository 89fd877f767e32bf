"""A text in which every alias is replaced by what it stands for, so that its parts can be read, taken and changed alone."""

import re
from collections.abc import Iterator

from xchange_cli.diagnostics import Edit
from xchange_cli.document.edit import apply
from xchange_cli.document.entries import is_flow
from xchange_cli.document.flow_text import flow_text, key_text
from xchange_cli.document.new_entry import own_entry
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.scalar_place import PROPERTIES, line_before
from xchange_cli.document.scalar_styles import usual_quote
from xchange_cli.source import Source, Span

_ANCHOR = re.compile(r"&[^\s,\[\]{}]+[ \t]*")
_MERGE = re.compile(r"<<[ \t]*:[ \t]*(\*[^\s,\[\]{}]+|\[[^\]]*\])")


def unaliased(source: Source, root: Node) -> Source:
    """Give the same text without anchors, aliases and merge keys; the text itself where it has none.

    What cannot be replaced stays; a file with such a place says something else then, or is no YAML.
    """
    if "&" not in source.text:
        return source
    edits: dict[int, Edit] = {}
    for edit in _edits(root, usual_quote(source)):
        edits.setdefault(edit.span.start, edit)
    if not edits:
        return source
    text = apply(source, edits.values())
    return Source(
        source.name, text, encoding=source.encoding, has_bom=source.has_bom, is_private=source.is_private
    )


def _edits(node: Node, quote: str) -> Iterator[Edit]:
    text = node.source.text
    if text.startswith("*", node.start):
        yield Edit(node.span, flow_text(node, quote))
        return
    properties = PROPERTIES.match(text, node.start, node.end)
    anchor = _ANCHOR.search(text, node.start, properties.end()) if properties else None
    if anchor is not None:
        yield Edit(Span(node.source, *anchor.span()), "")
    match node:
        case Mapping():
            yield from _of_mapping(node, quote)
        case Sequence():
            for item in node.items:
                yield from _edits(item, quote)
        case Scalar():
            return


def _of_mapping(node: Mapping, quote: str) -> Iterator[Edit]:
    brought = []
    for name, entry in node.entries.items():
        if own_entry(node, name) is None:
            brought.append(f"{key_text(name, quote)}: {flow_text(entry.value, quote)}")
        else:
            yield from _edits(entry.key, quote)
            yield from _edits(entry.value, quote)
    merge = _merge_of(node)
    if merge is not None and brought:
        blanks = " " * len(line_before(node.source, merge.start))
        between = ", " if is_flow(node) else f"\n{blanks}"
        yield Edit(merge, between.join(brought))


def _merge_of(node: Mapping) -> Span | None:
    """Find the merge key of a mapping: outside of all its entries."""
    entries = [entry for name in node.entries if (entry := own_entry(node, name)) is not None]
    for found in _MERGE.finditer(node.source.text, node.start, node.end):
        if not any(entry.key.start <= found.start() < entry.value.end for entry in entries):
            return Span(node.source, *found.span())
    return None
