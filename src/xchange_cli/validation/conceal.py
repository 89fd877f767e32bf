"""Secrets that stand in an integration file, kept out of whatever is said about it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xchange_cli.diagnostics import Diagnostic, Fix
from xchange_cli.source import Span

if TYPE_CHECKING:
    from xchange_cli.redaction import Redactor

_QUOTES = "'\""


def conceal(found: Sequence[Diagnostic], secrets: Sequence[Span]) -> Sequence[Diagnostic]:
    """Make private every place in a line that holds a secret, and take the secrets out of what findings say.

    A fix that would write the secret anew is dropped.
    """
    if not secrets:
        return found
    from xchange_cli.redaction import Redactor, Secret

    redactor = Redactor(Secret("hidden", _written(span)) for span in secrets)
    lines = {line for span in secrets for line in range(span.first.line, span.last.line + 1)}
    return [_concealed(one, lines, redactor) for one in found]


def without_texts(names: Iterable[str], secrets: Sequence[Span]) -> tuple[str, ...]:
    """Leave empty what holds a secret in a path of names, of which a fingerprint is made."""
    texts = [_written(span) for span in secrets]
    return tuple("" if any(text in name for text in texts) else name for name in names)


def _written(span: Span) -> str:
    return span.text.strip(_QUOTES)


def _concealed(found: Diagnostic, lines: set[int], redactor: "Redactor") -> Diagnostic:
    from xchange_cli.configset.private import without_secrets

    found = without_secrets(found, redactor)
    related = tuple(one._replace(span=_hidden(one.span, lines)) for one in found.related)
    fixes = tuple(fix for fix in found.fixes if not _tells(fix, redactor))
    return found._replace(span=_hidden(found.span, lines), related=related, fixes=fixes)


def _hidden(span: Span, lines: set[int]) -> Span:
    return span.concealed if span.first.line in lines else span


def _tells(fix: Fix, redactor: "Redactor") -> bool:
    return any(redactor.text(edit.text) != edit.text for edit in fix.edits)
