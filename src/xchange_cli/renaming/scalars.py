"""Changes inside of scalars made in the text of a file, and proved by reading the new text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xchange_cli.diagnostics import Edit, Severity
from xchange_cli.document.edit import apply
from xchange_cli.document.node import ALIAS, Mapping, Node, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.parse import Document, parse
from xchange_cli.document.put import replace_scalar
from xchange_cli.document.quoting import quoted
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.renaming.spelling import Change
from xchange_cli.source import Source

_NEVER_PLAIN = re.compile(r"[:#,\[\]{}]")
_NEVER_FIRST = frozenset("-?&*!|>'\"%@`")


class Rewritten(NamedTuple):
    """A file as its changes make it, and the edits of the old text that do so."""

    document: Document
    edits: tuple[Edit, ...]


class _Part(NamedTuple):
    """A scalar, or the beginning or end of a collection, in the order of the tree."""

    mark: str
    node: Scalar | None = None


def rewrite(document: Document, changes: Iterable[Change]) -> Rewritten:
    """Make changes by the smallest edits that do; a scalar that cannot be changed in part is written anew.

    All other scalars keep their characters, but for aliases of what changes: those get the text that they stood for.

    Raises:
        XchangeError: INVALID with the place where the text would say something else.

    """
    by_node: dict[int, list[Change]] = {}
    for one in dict.fromkeys(changes):
        by_node.setdefault(id(one.node), []).append(one)
    parts = list(_flat(document.root))
    wanted = {id(part.node): _value_after(part.node, by_node) for part in parts if part.node is not None}
    nodes = {id(part.node): part.node for part in parts if part.node is not None}
    anew = {key for key, found in by_node.items() if any(map(_needs_quotes, found))}
    while True:
        edits = [edit for key in by_node if key not in anew for edit in _inside(by_node[key])]
        edits += [_anew(nodes[key], wanted[key]) for key in anew if key in nodes]
        after = _with_text(document.source, apply(document.source, edits))
        wrong = _wrong(parts, wanted, by_node.keys(), after)
        if not wrong:
            return Rewritten(after, tuple(sorted(edits, key=lambda edit: edit.span.start)))
        if wrong <= anew:
            raise _unwritable(nodes[min(wrong, key=lambda key: nodes[key].start)])
        anew |= wrong


def scalars(root: Node | None) -> Iterator[Scalar]:
    """Yield all keys and single values of a tree in order."""
    return (part.node for part in _flat(root) if part.node is not None)


def _flat(node: Node | None) -> Iterator[_Part]:
    match node:
        case Scalar():
            yield _Part("", node)
        case Mapping():
            yield _Part("{")
            for key, value in node.entries.values():
                yield _Part("", key)
                yield from _flat(value)
            yield _Part("}")
        case List():
            yield _Part("[")
            for item in node.items:
                yield from _flat(item)
            yield _Part("]")


def _value_after(node: Scalar, by_node: dict[int, list[Change]]) -> str:
    value = node.value
    for one in sorted(by_node.get(id(node), ()), key=lambda one: one.start, reverse=True):
        value = value[: one.start] + one.text + value[one.end :]
    return value


def _needs_quotes(one: Change) -> bool:
    """Tell what a small edit cannot do: in plain text, what means something to YAML; where places are not known."""
    node = one.node
    if node.style == ALIAS:
        return False  # it changes with what it stands for, or is found wrong
    is_odd_start = one.start == 0 and one.text[:1] in _NEVER_FIRST
    if node.style == "" and (is_odd_start or _NEVER_PLAIN.search(one.text)):
        return True
    is_whole = one.start == 0 and one.end == len(node.value)
    return node.span_of(one.start, one.end) == node.span and not (is_whole and node.style == "")


def _inside(changes: Sequence[Change]) -> Iterator[Edit]:
    for one in changes:
        if one.node.style != ALIAS:
            style = one.node.style
            text = quoted(one.text, style)[1:-1] if style in {"'", '"'} else one.text
            yield Edit(one.node.span_of(one.start, one.end), text)


def _anew(node: Scalar, value: str) -> Edit:
    """Write a scalar as a whole; in the place of an alias its text, also where that is what it stood for."""
    return Edit(node.span, quoted(value)) if node.style == ALIAS else replace_scalar(node, value)


def _with_text(source: Source, text: str) -> Document:
    return parse(
        Source(
            source.name,
            text,
            encoding=source.encoding,
            has_bom=source.has_bom,
            is_private=source.is_private,
        )
    )


def _wrong(
    parts: Sequence[_Part], wanted: dict[int, str], changed: Iterable[int], after: Document
) -> set[int]:
    """Give the scalars that do not say what they should; of a text that cannot be read, all that change."""
    new = list(_flat(after.root))
    is_broken = any(found.severity is Severity.ERROR for found in after.diagnostics)
    if is_broken or [part.mark for part in new] != [part.mark for part in parts]:
        return set(changed)
    texts = set(changed)
    return {
        id(old.node)
        for old, now in zip(parts, new, strict=True)
        if old.node is not None and now.node is not None
        if now.node.value != wanted[id(old.node)]
        or type(now.node.data) is not (str if id(old.node) in texts else type(old.node.data))
    }


def _unwritable(node: Scalar) -> XchangeError:
    return XchangeError(
        ErrorCode.INVALID,
        "the new name cannot be written here without changing something else; nothing is changed",
        hint="Write the value out, without anchor and alias.",
        place=node.span.place,
    )
