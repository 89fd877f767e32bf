"""A text that ends its last line, so that lines can follow."""

from xchange_cli.document.entries import line_end
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import Document, parse
from xchange_cli.source import Source


def with_final_line_end(document: Document) -> Document:
    """Give a document that says the same; the mark of a block that ends the text keeps the line end out of it."""
    source = document.source
    if not source.text or source.text.endswith(("\n", "\r")):
        return document
    text = source.text + line_end(source, 0)
    ended = _parsed(source, text)
    if ended.data == document.data:
        return ended
    node = _last(document.root)
    if node is None:
        return document
    head = node.span.text.find(node.style) + node.start + 1
    return _parsed(source, f"{text[:head]}-{text[head:].lstrip('+-')}")


def _parsed(source: Source, text: str) -> Document:
    return parse(
        Source(
            source.name, text, encoding=source.encoding, has_bom=source.has_bom, is_private=source.is_private
        )
    )


def _last(node: Node | None) -> Scalar | None:
    """Give the block scalar that a document ends with."""
    while not isinstance(node, Scalar):
        match node:
            case Mapping() if node.entries:
                node = max((entry.value for entry in node.entries.values()), key=lambda value: value.end)
            case Sequence() if node.items:
                node = node.items[-1]
            case _:
                return None
    return node if node.style in {"|", ">"} else None
