"""Known kinds of tokens, kept out of all that findings say, whatever file they stand in.

They are looked for in the text as it stands, so that it does not matter whether it can be read as YAML, and in what
findings say, which may quote other files. Files without findings cost nothing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.diagnostics import Diagnostic, Edit, Fix
from xchange_cli.source import Source, Span
from xchange_cli.validation.secret_texts import may_hold_tokens, tokens_in

if TYPE_CHECKING:
    from xchange_cli.redaction import Redactor

NAME = "hidden"
"""What stands in place of a secret."""

_ESCAPE = re.compile(r"\\[A-Za-z]")


class _Tokens(NamedTuple):
    """The 1-based numbers of the lines of a text that hold tokens or parts of them, and the tokens."""

    lines: frozenset[int]
    texts: frozenset[str]


def without_tokens(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Take tokens out of what finished findings say, and make private the places in lines that hold one.

    A fix that would write one anew is dropped; fingerprints stay.
    """
    hiding = _Hiding()
    return map(hiding.told, found)


def without_tokens_in(text: str) -> str:
    """Take tokens out of a text that people are to read."""
    from xchange_cli.redaction import tag

    for token in reversed(list(tokens_in(text))):
        text = text[: token.start] + tag(NAME) + text[token.end :]
    return text


def token_texts(source: Source) -> frozenset[str]:
    """Give the tokens in a text."""
    return _tokens_of(source).texts


class _Hiding:
    """Each text is searched once, when a finding leads there."""

    def __init__(self) -> None:
        self._known: dict[Source, _Tokens] = {}

    @cached_property
    def _redactor(self) -> "Redactor":
        from xchange_cli.redaction import Redactor

        return Redactor()

    def told(self, found: Diagnostic) -> Diagnostic:
        span, related = self._span(found.span), found.related
        if related:
            related = tuple(one._replace(span=self._span(one.span)) for one in related)
        found = found._replace(span=span, related=related)
        if self._redactor.is_empty and not may_hold_tokens(_said(found)):
            return found
        return self._redacted(found)

    def _span(self, span: Span) -> Span:
        source = span.source
        if source not in self._known:
            self._known[source] = _tokens_of(source)
            self._learn(self._known[source].texts)
        lines = self._known[source].lines
        return span.concealed if lines and span.first.line in lines else span

    def _learn(self, texts: Iterable[str]) -> None:
        from xchange_cli.redaction import Secret

        self._redactor.learn(Secret(NAME, text) for text in sorted(texts))

    def _redacted(self, found: Diagnostic) -> Diagnostic:
        from xchange_cli.configset.private import without_secrets

        found = without_secrets(found, self._redactor)
        return found._replace(
            message=self._text(found.message),
            hint=self._text(found.hint),
            subject=self._text(found.subject),
            flow=self._text(found.flow),
            step=self._text(found.step),
            pointer=self._pointer(found.pointer),
            related=tuple(one._replace(message=self._text(one.message)) for one in found.related),
            fixes=tuple(map(self._fix, filter(self._is_silent, found.fixes))),
        )

    def _text(self, text: str) -> str:
        return without_tokens_in(self._redactor.text(text))

    def _pointer(self, pointer: str) -> str:
        """Keep the slashes of a JSON pointer apart from those of its keys."""
        return "/".join(map(self._key, pointer.split("/")))

    def _key(self, key: str) -> str:
        told = key.replace("~1", "/").replace("~0", "~")
        hidden = self._text(told)
        return key if hidden == told else hidden.replace("~", "~0").replace("/", "~1")

    def _is_silent(self, fix: Fix) -> bool:
        return all(self._text(edit.text) == edit.text for edit in fix.edits)

    def _fix(self, fix: Fix) -> Fix:
        return fix._replace(edits=tuple(map(self._edit, fix.edits)))

    def _edit(self, edit: Edit) -> Edit:
        text = edit.span.text
        return edit if self._text(text) == text else edit._replace(span=edit.span.concealed)


def _said(found: Diagnostic) -> str:
    texts = [found.message, found.hint, found.subject, found.flow, found.step, found.pointer]
    texts += (one.message for one in found.related)
    texts += (text for fix in found.fixes for edit in fix.edits for text in (edit.text, edit.span.text))
    return "\n".join(texts)


def _tokens_of(source: Source) -> _Tokens:
    places = {place for text in _readings(source.text) for place in _places(text)}
    spans = [source.span(start, end) for start, end in places]
    lines = {line for span in spans for line in range(span.first.line, span.last.line + 1)}
    return _Tokens(frozenset(lines), frozenset(span.text for span in spans))


def _places(text: str) -> Iterator[tuple[int, int]]:
    return ((token.start, token.end) for token in tokens_in(text))


def _readings(text: str) -> Iterator[str]:
    r"""Yield a text as it stands, and with blanks for escapes such as `\n`, whose letter is no part of a word."""
    yield text
    if "\\" in text:
        yield _ESCAPE.sub("  ", text)
