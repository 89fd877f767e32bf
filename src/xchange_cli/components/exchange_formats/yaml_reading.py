"""YAML text → a value, read as the YAML 1.2 core schema has it: safe, and bounded in depth and by its aliases."""

import re
from collections.abc import Iterator
from typing import Any

from xchange_cli.components.limits import TOO_LARGE
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.javascript.values import MAX_SAFE_INTEGER, nearest
from xchange_cli.source import MAX_BYTES, Source

_LONG_NUMBER = re.compile(r"[0-9a-fA-F]{14}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def read_yaml(context: ActionContext, text: str) -> Any:
    """Read one document; tags beyond those of the core schema are refused.

    Dates stay text, where the platform's reader may make a full timestamp of them.
    """
    if len(text) > MAX_BYTES:
        raise ActionError(f"here YAML may have {MAX_BYTES} characters, not {len(text)}", kind=TOO_LARGE)
    found = parse(Source("data", text))
    errors = [finding for finding in found.diagnostics if finding.severity is Severity.ERROR]
    if errors:
        first = min(errors, key=lambda finding: finding.span.start)
        line, column = first.span.source.position(first.span.start)
        raise ActionError(f"not YAML: {first.message}: line {line}, column {column}", offset=first.span.start)
    if found.root is not None and _DATE.search(text):
        date = next((value for value in _plain_texts(found.root) if _DATE.match(value)), None)
        if date is not None:
            context.warn(f"the date {date} of the YAML stays text here; the platform may read a timestamp")
    return _with_doubles(found.data) if _LONG_NUMBER.search(text) else found.data


def _with_doubles(value: Any) -> Any:
    """Put the numbers that JavaScript has in place of whole numbers that it has not."""
    if isinstance(value, dict):
        return {key: _with_doubles(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_with_doubles(item) for item in value]
    is_long = isinstance(value, int) and abs(value) > MAX_SAFE_INTEGER
    return nearest(value) if is_long else value


def _plain_texts(root: Node) -> Iterator[str]:
    """Yield the scalars that are text without quotes."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            waiting += (entry.value for entry in reversed(node.entries.values()))
        elif isinstance(node, Sequence):
            waiting += reversed(node.items)
        elif isinstance(node, Scalar) and not node.style and isinstance(node.data, str):
            yield node.data
