"""Collections in brackets changed in place: what stays keeps its characters, with the gap in front of it."""

from typing import NamedTuple

from xchange_cli.document.chunks import Collection, Key
from xchange_cli.document.entries import is_flow
from xchange_cli.document.flow_text import flow_text, key_text, plain_text, scalar_text
from xchange_cli.document.new_entry import end_of, own_entry
from xchange_cli.document.node import ALIAS, Mapping, Node, Scalar, Sequence
from xchange_cli.document.scalar_place import PROPERTIES
from xchange_cli.document.scalar_styles import inline
from xchange_cli.document.wanted import Keep, Piece, Shape, Swap, Wanted


class _Own(NamedTuple):
    """An entry or item of a collection in brackets, and the gap in front of it."""

    start: int
    end: int
    gap: str


def inline_text(value: Wanted, quote: str) -> str:
    """Write a tree without choices on the line that it is in; `quote` is for texts that need quotes."""
    match value:
        case Keep(node):
            return _kept(node, quote)
        case Swap(node, new):
            return swapped_text(node, new, quote)
        case Shape(node, pieces):
            whole = [piece for piece in pieces if isinstance(piece, Piece)]
            return _spliced(node, whole, quote) if is_flow(node) else _anew(node, whole, quote)


def swapped_text(node: Scalar, new: str | Scalar, quote: str) -> str:
    """Write another value in the place of a scalar, in its quotes if it has some."""
    if isinstance(new, Scalar) and not isinstance(new.data, str):
        return plain_text(new.value, new.data)
    style = node.style if node.style in {"'", '"'} and node.value else ""
    return inline(new if isinstance(new, str) else new.value, style, quote, in_flow=True)


def _kept(node: Node, quote: str) -> str:
    if not isinstance(node, Mapping | Sequence):
        assert isinstance(node, Scalar)
        return node.span.text if node.style == ALIAS else scalar_text(node, quote)
    written = node.span.text
    is_one_line = is_flow(node) and not any(mark in written for mark in "\r\n#")
    return written if is_one_line else flow_text(node, quote)


def _anew(node: Collection, pieces: list[Piece], quote: str) -> str:
    parts = ", ".join(_foreign(piece, quote) for piece in pieces)
    return f"{{{parts}}}" if isinstance(node, Mapping) else f"[{parts}]"


def _foreign(piece: Piece, quote: str) -> str:
    text = inline_text(piece.value, quote)
    return f"{key_text(str(piece.key), quote)}: {text}" if isinstance(piece.home, Mapping) else text


def _spliced(node: Collection, pieces: list[Piece], quote: str) -> str:
    own = _own_parts(node)
    text, end = node.source.text, node.end - 1
    opening = _opening(node)
    first = min((one.start for one in own.values()), default=opening)
    last = max((one.end for one in own.values()), default=opening)
    gap = next((one.gap for one in reversed(own.values()) if one.gap and "#" not in one.gap), ", ")
    parts: list[str] = []
    for piece in pieces:
        place = own.get(piece.key) if piece.home is node else None
        written = _foreign(piece, quote) if place is None else _own_text(piece, place, quote)
        if parts:
            between = (place.gap or gap) if place else gap
            blank = " " if parts[-1].endswith(":") and between.startswith(",") else ""  # an empty value
            parts.append(blank + between)
        parts.append(written)
    if not parts:
        return text[node.start : opening] + text[end : node.end]
    return text[node.start : first] + "".join(parts) + text[last : node.end]


def _opening(node: Collection) -> int:
    properties = PROPERTIES.match(node.source.text, node.start, node.end)
    return (properties.end() if properties else node.start) + 1


def _own_parts(node: Collection) -> dict[Key, _Own]:
    spans: list[tuple[Key, int, int]] = []
    if isinstance(node, Mapping):
        for name in node.entries:
            entry = own_entry(node, name)
            if entry is not None:
                end = (
                    entry.value.end
                    if entry.value.end > entry.value.start
                    else max(end_of(entry)[0], entry.key.end)
                )
                spans.append((name, entry.key.start, end))
    else:
        spans = [(number, item.start, item.end) for number, item in enumerate(node.items)]
    spans.sort(key=lambda span: span[1])
    own: dict[Key, _Own] = {}
    before: int | None = None
    for key, start, end in spans:
        own[key] = _Own(start, end, "" if before is None else node.source.text[before:start])
        before = end
    return own


def _own_text(piece: Piece, place: _Own, quote: str) -> str:
    node, text = piece.node, piece.home.source.text
    if isinstance(piece.value, Keep):
        return text[place.start : place.end]
    blank = " " if node.start == node.end and isinstance(piece.home, Mapping) else ""
    return (
        text[place.start : node.start] + blank + inline_text(piece.value, quote) + text[node.end : place.end]
    )
