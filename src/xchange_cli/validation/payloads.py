"""Payload files as runs take them: data or a raw request, with what is wrong and what is odd about them."""

from collections.abc import Iterator
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.binary_values import with_bytes
from xchange_cli.document.json_nodes import json_tree
from xchange_cli.document.json_text import read_json
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Scalar
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import Place, XchangeError
from xchange_cli.project.beside import HTTP_SUFFIX
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.source import Source, Span
from xchange_cli.validation.file_findings import report
from xchange_cli.wire.oddity import Oddity
from xchange_cli.wire.payload_oddities import oddities
from xchange_cli.wire.request_files import read_http


class Payload(NamedTuple):
    """`value` is a whole payload or the body of a request, None where it cannot be read.

    The document of a raw request has no nodes.
    """

    document: Document
    value: Any = None
    found: tuple[Diagnostic, ...] = ()


def read_payload(path: Path, name: str, mended: Source | None = None) -> Payload:
    """Read a payload, or take its text as it is `mended`; `name` is what messages call the file.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    suffix = path.suffix.lower()
    if suffix == HTTP_SUFFIX:
        return _request(name, read_bytes(path, name, "payload"))
    source = mended if mended is not None else Source.read(path, name)
    return _json(source) if suffix == ".json" else _yaml(source)


def _request(name: str, data: bytes) -> Payload:
    source = Source(name, data.decode("utf-8-sig", "replace"))
    document = Document(source, None)
    try:
        read = read_http(name, data)
        odd = (*read.oddities, *oddities(read.payload, name, read.body_line))
    except XchangeError as error:
        return Payload(document, found=(_bad(error, source),))
    return Payload(document, read.payload, tuple(_odd(document, odd)))


def _json(source: Source) -> Payload:
    try:
        value = read_json(source)
    except XchangeError as error:
        return Payload(Document(source, None), found=(_bad(error, source),))
    tree = json_tree(source)
    read = _with_oddities(Document(source, tree.root), value)
    return read._replace(found=(*starmap(_repeated, tree.repeated), *read.found))


def _yaml(source: Source) -> Payload:
    document = parse(source)
    if any(found.severity is Severity.ERROR for found in document.diagnostics):
        return Payload(document, found=document.diagnostics)
    read = _with_oddities(document, document.data)
    return read._replace(found=(*document.diagnostics, *read.found))


def _with_oddities(document: Document, data: Any) -> Payload:
    source = document.source
    try:
        value = with_bytes(data, source)
        return Payload(document, value, tuple(_odd(document, oddities(value, source.name))))
    except XchangeError as error:
        return Payload(document, found=(_bad(error, source),))


def _bad(error: XchangeError, source: Source) -> Diagnostic:
    message = error.message.removeprefix(f"{source.name}: ")
    return report("bad-payload", message, _span(source, error.place), hint=error.hint)


def _odd(document: Document, odd: tuple[Oddity, ...]) -> Iterator[Diagnostic]:
    source = document.source
    content = node_at(document.root, ("rawBody", "data"))
    for oddity in odd:
        place = Place(source.name, oddity.line, oddity.column) if oddity.line else None
        span = content.span if content is not None else _span(source, place)
        yield report("odd-payload", oddity.message, span, subject=oddity.message)


def _repeated(key: Scalar, first: Scalar) -> Diagnostic:
    message = f"`{key.value}` is here twice; the last one counts"
    related = (Related(first.span, "first defined here"),)
    hint = "Remove one of the two."
    return report("odd-payload", message, key.span, hint=hint, subject=key.value, related=related)


def _span(source: Source, place: Place | None) -> Span:
    """Give the rest of the line behind a place; without one the first line."""
    line = min(place.line, len(source.line_starts)) if place else 1
    start = source.line_starts[line - 1] + (place.column - 1 if place else 0)
    end = source.line_starts[line - 1] + len(source.line(line))
    return source.span(min(start, end), end)
