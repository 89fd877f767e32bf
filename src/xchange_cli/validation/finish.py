"""Pointer, flow, step and fingerprint of a finding: what needs the whole document."""

from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.locate import Location, locate
from xchange_cli.document.parse import Document
from xchange_cli.expression.step_names import step_ref
from xchange_cli.source import Span
from xchange_cli.validation.conceal import without_texts


def finish(diagnostic: Diagnostic, document: Document, key: str, secrets: Sequence[Span] = ()) -> Diagnostic:
    """Add what needs the whole document: pointer, flow, step and fingerprint; no secret is part of the latter."""
    import hashlib

    location = locate(document.root, diagnostic.span.start, diagnostic.span.end)
    around = _around(location)
    flow, step = diagnostic.flow or around.flow, diagnostic.step or around.step
    path = without_texts(around.path, secrets) if secrets else around.path
    parts = (diagnostic.rule, key, flow, step_ref(step), *path, diagnostic.subject)
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return diagnostic._replace(
        pointer=location.pointer,
        flow=flow,
        step=step,
        integration=key,
        fingerprint=digest[:12],
    )


class _Around(NamedTuple):
    """Names of the flow and of the innermost step that a place is in, and the path inside of them."""

    flow: str
    step: str
    path: tuple[str, ...]


def _around(location: Location) -> _Around:
    """Moving a step into a loop or a branch changes neither its name nor the path inside of it."""
    keys = location.pointer.split("/")[1:]
    if len(keys) < 2 or keys[0] != "flows":
        return _Around("", "", location.names)
    flow, step, position = _named(location, 1, keys), "", 2
    while position + 1 < len(keys) and keys[position] in {"steps", "branches"}:
        if keys[position] == "steps":
            step = _named(location, position + 1, keys)
        position += 2
    return _Around(flow, step, location.names[position:])


def _named(location: Location, position: int, keys: list[str]) -> str:
    """Give the name of a list entry; one without a name goes by its position, which is no name."""
    name = location.names[position]
    return "" if name == keys[position] else name
