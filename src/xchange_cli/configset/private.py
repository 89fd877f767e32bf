"""Findings about config sets, without what may be secret in them."""

import re
from collections.abc import Iterable

from xchange_cli.configset.secret_leaves import leaves
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Node
from xchange_cli.redaction import Redactor, Secret

_QUOTED = re.compile("`([^`]*)`")
_LONGEST_MARK = 2
"""Quoted words of the file that are longer may be part of a value: syntax marks, such as `<<`, are not."""

_RULES_ABOUT_KEYS = frozenset({"duplicate-key"})


def without_secrets(found: Diagnostic, redactor: Redactor) -> Diagnostic:
    """Replace the secrets that a finding tells; a short one is found where it is the whole of a quoted word."""

    def redacted(text: str) -> str:
        return redactor.text(_QUOTED.sub(lambda word: f"`{redactor.text(word[1])}`", text))

    return found._replace(
        message=redacted(found.message),
        hint=redacted(found.hint),
        subject=redacted(found.subject),
        related=tuple(one._replace(message=redacted(one.message)) for one in found.related),
    )


def without_text(found: Diagnostic) -> Diagnostic:
    """Take the words of the file out of a finding about its syntax: of a broken file no secrets are known.

    Fixes go, since they repeat the text that they mend; keys stay.
    """
    if not found.span.source.is_private:
        return found
    found = found._replace(fixes=())
    if found.rule in _RULES_ABOUT_KEYS:
        return found
    meant = found.span.text

    def without(match: re.Match[str]) -> str:
        word = match[1]
        return "`…`" if len(word) > _LONGEST_MARK and word in meant else match[0]

    message, hint = _QUOTED.sub(without, found.message), _QUOTED.sub(without, found.hint)
    return found._replace(message=message, hint=hint)


def literal_secrets(roots: Iterable[Node]) -> list[Secret]:
    """Give everything that stands under `connections`, also where it does not have the right form."""
    found: list[Secret] = []
    for root in roots:
        connections = root.get("connections") if isinstance(root, MappingNode) else None
        if connections is not None:
            found += leaves("connections", connections.data)
    return found
