"""Texts without the secrets in them, for showing what changes."""

from collections.abc import Iterable, Iterator

from xchange_cli.diagnostics import Edit
from xchange_cli.document.edit import apply
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import Document
from xchange_cli.renaming.result import Doubt
from xchange_cli.source import Source, Span

_HIDDEN = "***"


def without_spans(source: Source, secrets: Iterable[Span]) -> str:
    """Give the text with `***` in the place of each secret."""
    places = sorted({(span.start, span.end) for span in secrets})
    edits = [Edit(source.span(start, end), _HIDDEN) for start, end in places]
    return apply(
        source,
        [edit for edit, before in zip(edits, [None, *edits], strict=False) if not _inside(edit, before)],
    )


def _inside(edit: Edit, before: Edit | None) -> bool:
    return before is not None and edit.span.start < before.span.end


def secret_values(document: Document) -> Iterator[Span]:
    """Yield what config sets and flow tests give to connections."""
    root = document.root
    if not isinstance(root, Mapping):
        return
    yield from _leaves(root.mapping("connections"))
    tests = root.mapping("tests")
    for part in (root, *(entry.value for entry in tests.entries.values())) if tests is not None else (root,):
        variables = part.mapping("variables") if isinstance(part, Mapping) else None
        for entry in variables.entries.values() if variables is not None else ():
            yield from _leaves(entry.value)


def concealed(doubts: Iterable[Doubt], secrets: Iterable[Span]) -> Iterator[Doubt]:
    """Let nobody show the lines that hold secrets."""
    lines = {
        (span.source.name, number)
        for span in secrets
        for number in range(span.first.line, span.last.line + 1)
    }
    for doubt in doubts:
        is_near = (doubt.span.source.name, doubt.span.first.line) in lines
        yield doubt._replace(span=doubt.span.concealed) if is_near else doubt


def _leaves(node: Node | None) -> Iterator[Span]:
    """Yield the places of single values in a mapping, without its keys."""
    match node:
        case Mapping():
            for _, value in node.entries.values():
                yield from (value.span,) if isinstance(value, Scalar) and value.value else _leaves(value)
        case Sequence():
            for item in node.items:
                yield from (item.span,) if isinstance(item, Scalar) and item.value else _leaves(item)
