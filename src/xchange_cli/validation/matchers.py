"""What flow tests expect of values: `{$matches: REGEX}`, `{$type: TYPE}` and `{$exactly: VALUE}` among plain ones."""

import re
from collections.abc import Iterator

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.binary_values import KEYS as BINARY
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.nearest import nearest
from xchange_cli.validation.file_findings import report
from xchange_cli.validation.fixes import did_you_mean, use_word

MATCHES, TYPE, EXACTLY = "$matches", "$type", "$exactly"
MATCHERS = (MATCHES, TYPE, EXACTLY)
TYPES = ("boolean", "empty", "list", "mapping", "number", "text")

_MARK = "$"


def bad_matchers(node: Node | None) -> Iterator[Diagnostic]:
    """Yield a finding for each matcher, in a value or below it, that nobody can read."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from bad_matchers(item)
    elif isinstance(node, Mapping):
        special = next((entry.key for key, entry in node.entries.items() if key.startswith(_MARK)), None)
        if special is not None:
            yield from _bad(node, special)
        else:
            for entry in node.entries.values():
                yield from bad_matchers(entry.value)


def _bad(node: Mapping, key: Scalar) -> Iterator[Diagnostic]:
    """Judge a mapping that has a special key. What stands under `$exactly` is taken as it is."""
    if key.value not in {*MATCHERS, *BINARY}:
        near = nearest(key.value, MATCHERS)
        hint = did_you_mean(near, f"There are {', '.join(f'`{name}`' for name in MATCHERS)}.")
        fixes = use_word(near, key, key.span)
        yield report(
            "bad-matcher", f"there is no `{key.value}`", key.span, hint=hint, subject=key.value, fixes=fixes
        )
    elif len(node.entries) > 1:
        hint = "Write it alone, in the place of the value."
        message = f"`{key.value}` stands among other keys"
        yield report("bad-matcher", message, key.span, hint=hint, subject=key.value)
    elif key.value == MATCHES:
        yield from _bad_expression(node.entries[MATCHES].value)
    elif key.value == TYPE:
        yield from _bad_type(node.entries[TYPE].value)


def _bad_expression(node: Node) -> Iterator[Diagnostic]:
    if not isinstance(node.data, str):
        hint = "Put the regular expression in quotes."
        yield report("bad-matcher", "`$matches` needs text", node.span, hint=hint)
        return
    try:
        re.compile(node.data)
    except (re.error, RecursionError, OverflowError) as error:
        message = f"this is no regular expression: {error}"
        yield report(
            "bad-matcher", message, node.span, hint="Put `\\` before marks that stand for themselves."
        )


def _bad_type(node: Node) -> Iterator[Diagnostic]:
    if node.data in TYPES:
        return
    word = node.value if isinstance(node, Scalar) else node.kind
    near = nearest(word, TYPES)
    hint = did_you_mean(near, f"The types are {', '.join(TYPES)}.")
    fixes = use_word(near, node, node.span)
    yield report("bad-matcher", f"there is no type `{word}`", node.span, hint=hint, subject=word, fixes=fixes)
