"""What libyaml complains about, in words that help."""

import re
from collections.abc import Callable

from yaml import MarkedYAMLError
from yaml.reader import ReaderError

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.source import Source, Span

RULE = "yaml-syntax"

_ADVICE: tuple[tuple[re.Pattern[str], Callable[[str], tuple[str, str]]], ...] = (
    (
        re.compile("found character that cannot start any token"),
        lambda found: {
            "\t": ("a tab cannot indent YAML", "Indent with spaces."),
            "@": ("text cannot start with `@`", "Put the text in quotes."),
            "`": ("text cannot start with a backquote", "Put the text in quotes."),
            "%": ("text cannot start with `%`", "Put the text in quotes."),
        }.get(found, ("this character cannot start a value", "Put the text in quotes.")),
    ),
    (
        re.compile("mapping values are not allowed"),
        lambda _: (
            "`: ` starts a value here, but this line already is one",
            "Put text that holds `: ` in quotes, or check the indentation.",
        ),
    ),
    (
        re.compile("did not find expected key|did not find expected '-' indicator"),
        lambda _: (
            "this line does not line up with the ones above it",
            "Check the indentation of this line and of the one above.",
        ),
    ),
    (
        re.compile("unexpected end of stream"),
        lambda _: ("the text that starts with a quote never ends", "Add the closing quote."),
    ),
    (
        re.compile("could not find expected ':'"),
        lambda _: ("this line is no `key: value`", "Is a `:` missing, or is the line indented too little?"),
    ),
    (
        re.compile("did not find expected ',' or '[\\]}]'"),
        lambda _: ("a list or mapping in brackets is not closed", "Add the missing `,`, `]` or `}`."),
    ),
    (
        re.compile("found unknown escape character"),
        lambda _: (
            "this backslash sequence means nothing in double quotes",
            "Write `\\\\` for a backslash, or use single quotes.",
        ),
    ),
)


def syntax_diagnostic(source: Source, error: Exception) -> Diagnostic:
    """Turn what the parser raised into a finding at its place."""
    if isinstance(error, ReaderError):
        return _unprintable(source, error)
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return _marked(source, error)
    return Diagnostic(RULE, Severity.ERROR, f"not YAML: {error}", Span(source, 0, 0))


def _unprintable(source: Source, error: ReaderError) -> Diagnostic:
    match = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", source.text)
    offset = match.start() if match else min(max(int(error.position), 0), len(source.text))
    character = f"U+{ord(source.text[offset]):04X}" if offset < len(source.text) else "this character"
    return Diagnostic(
        RULE,
        Severity.ERROR,
        f"the control character {character} is not allowed in YAML",
        Span(source, offset, min(offset + 1, len(source.text))),
        hint="Is this a text file? Remove the character, or write it as an escape in double quotes.",
    )


def _marked(source: Source, error: MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark
    assert mark is not None
    offset = min(mark.index, len(source.text))
    message, hint = _words(str(error.problem), source.text[offset : offset + 1])
    related: tuple[Related, ...] = ()
    if error.context_mark is not None and error.context_mark.index < offset:
        start = error.context_mark.index
        related = (Related(Span(source, start, start + 1), str(error.context)),)
    end = min(offset + 1, len(source.text))
    return Diagnostic(RULE, Severity.ERROR, message, Span(source, offset, end), hint=hint, related=related)


def _words(problem: str, found: str) -> tuple[str, str]:
    for pattern, advice in _ADVICE:
        if pattern.search(problem):
            return advice(found)
    return f"not YAML: {problem}", ""
