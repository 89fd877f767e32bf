"""Payload files that look like a whole payload and are taken for the body of a request."""

from collections.abc import Iterator
from typing import Any

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Mapping
from xchange_cli.nearest import nearest
from xchange_cli.validation.file_findings import report
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.wire.whole_payload import PAYLOAD_KEYS, REQUEST_KEYS, is_whole_payload

_BODIES = ("body", "rawBody")


def mistaken(root: Mapping) -> Iterator[Diagnostic]:
    """Yield a finding for each key that keeps a payload from being a whole one."""
    data = root.data
    if is_whole_payload(data) or not _marks(data):
        return
    unknown = [key for key in data if key not in PAYLOAD_KEYS]
    if unknown:
        yield from _misspelt(root, unknown)
    else:
        yield from _misshapen(root)


def _marks(data: dict[str, Any]) -> int:
    """Count what bodies hardly have by chance: a mapping `headers`, and a body with its content under `data`."""
    has_headers = isinstance(data.get("headers"), dict)
    has_body = any(_has_content(data.get(key)) for key in _BODIES)
    return has_headers + has_body


def _has_content(body: Any) -> bool:
    return isinstance(body, dict) and "data" in body and not body.keys() - {"data", "contentType"}


def _misspelt(root: Mapping, unknown: list[str]) -> Iterator[Diagnostic]:
    """Only one mark is not enough where a key resembles no known one."""
    meant = {key: nearest(key, REQUEST_KEYS - root.data.keys()) for key in unknown}
    if _marks(root.data) == 1 and not all(meant.values()):
        return
    for key, known in meant.items():
        node = root.entries[key].key
        yield report(
            "payload-taken-for-body",
            f"a whole payload has no key `{key}`, so all of this file is taken for the body of a request",
            node.span,
            hint=did_you_mean(known, "Remove it, or put it into the body."),
            subject=key,
            fixes=use_word(known, node, node.span),
        )


def _misshapen(root: Mapping) -> Iterator[Diagnostic]:
    headers = root.get("headers")
    if headers is not None and headers.data is not None and not isinstance(headers, Mapping):
        yield report(
            "payload-taken-for-body",
            "`headers` must be a mapping, so all of this file is taken for the body of a request",
            headers.span,
            hint="Write each header as a key with its value.",
            subject="headers",
        )
    for key in _BODIES:
        body = root.get(key)
        if body is None or body.data is None or (isinstance(body.data, dict) and "data" in body.data):
            continue
        yield report(
            "payload-taken-for-body",
            f"`{key}` has no `data`, so all of this file is taken for the body of a request",
            root.entries[key].key.span,
            hint=f"Put its content under `data`: `{key}: {{data: …}}`.",
            subject=key,
        )
