"""What stands around the place where the YAML parser gave up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml
from yaml import CSafeLoader
from yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
)

from xchange_cli.diagnostics import Edit, Fix
from xchange_cli.document.line_separators import readable
from xchange_cli.source import Source, Span

_OPENING = (FlowMappingStartToken, FlowSequenceStartToken)
_CLOSING = (FlowMappingEndToken, FlowSequenceEndToken)
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_KEY = r"""(?:"[^"]*"|'[^']*'|[^\s'"{}\[\],#:-][^{}\[\],#:'"]*)"""
_VALUE_START = re.compile(rf"\s*(?:- +)*(?:{_KEY}:\s+)?")
_TEXT_IN_BRACKETS = re.compile(r"(?:\{\{[^{}\r\n]*\}\}|\[[^\[\]{},\r\n]*\]|[^,\[\]{}\r\n])+")


class Line(NamedTuple):
    """A line's content, without indentation, comment and line end, and where it stands."""

    start: int
    text: str
    indent: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Token(NamedTuple):
    """A token of the scanner; `quote` is the quotation mark of a quoted text."""

    start: int
    end: int
    kind: type
    quote: str


@dataclass(frozen=True)
class Scene:
    """`offset` is where the parser stopped, `context` where that began which it could not finish."""

    source: Source
    offset: int
    context: int

    @property
    def found(self) -> str:
        return self.source.text[self.offset : self.offset + 1]

    @cached_property
    def line(self) -> Line:
        return self.line_at(self.source.position(self.offset).line)

    @property
    def before(self) -> str:
        """The text between the start of the line and the place."""
        return self.source.text[self.source.line_starts[self._number - 1] : self.offset]

    @property
    def _number(self) -> int:
        return self.source.position(self.offset).line

    @cached_property
    def line_above(self) -> Line | None:
        """The nearest line above that holds more than blanks and comments."""
        return next(self.lines_above(), None)

    def lines_above(self) -> Iterator[Line]:
        for number in range(self._number - 1, 0, -1):
            line = self.line_at(number)
            if line.text:
                yield line

    def line_at(self, number: int) -> Line:
        raw = self.source.line(number)
        text = _COMMENT.sub("", raw).strip()
        indent = len(raw) - len(raw.lstrip())
        return Line(self.source.line_starts[number - 1] + indent, text, indent)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All that the scanner can read, also behind the place."""
        return tuple(_tokens(self.source.text))

    @cached_property
    def last_token(self) -> Token | None:
        """The token before the place; marks without any text do not count."""
        ended = (token for token in self.tokens if token.start < token.end <= self.offset)
        return max(ended, key=lambda token: token.end, default=None)

    @property
    def after_bracket(self) -> bool:
        """Whether the place follows a closed bracket."""
        return self.last_token is not None and self.last_token.kind in _CLOSING

    @property
    def open_bracket(self) -> Token | None:
        """The innermost bracket that is open at the place."""
        brackets: list[Token] = []
        for token in self.tokens:
            if token.kind in _OPENING and token.start < self.offset:
                brackets.append(token)
            elif token.kind in _CLOSING and token.start < self.offset and brackets:
                brackets.pop()
        return brackets[-1] if brackets else None

    def is_closed_later(self) -> bool:
        """Say whether the bracket at `context` is closed somewhere."""
        depth = 0
        for token in self.tokens:
            if token.start < self.context:
                continue
            if token.kind in _OPENING:
                depth += 1
            elif token.kind in _CLOSING:
                depth -= 1
                if depth == 0:
                    return True
        return False

    def value_start(self) -> int:
        """Give the place where the value of the line's first key, or of its list item, starts."""
        match = _VALUE_START.match(self.source.line(self._number))
        return self.source.line_starts[self._number - 1] + (match.end() if match else 0)

    def quoting(self, start: int) -> tuple[Fix, ...]:
        """Put the unquoted text that starts here in quotes, if it is clear where it ends."""
        line = self.line_at(self.source.position(start).line)
        before = self.source.text[line.start : start]
        in_brackets = sum(map(before.count, "{[")) > sum(map(before.count, "}]"))
        match = _TEXT_IN_BRACKETS.match(self.source.text, start, line.end)
        if match is None or not (in_brackets or match.end() == line.end):
            return ()
        text = match.group().rstrip()
        span = Span(self.source, start, start + len(text))
        return (Fix((Edit(span, "'" + text.replace("'", "''") + "'"),)),)


def _tokens(text: str) -> Iterator[Token]:
    loader = CSafeLoader(readable(text).text)
    try:
        while loader.check_token():
            token: Any = loader.get_token()
            kind = type(token)
            start, end = token.start_mark.index, token.end_mark.index
            style = token.style if kind is ScalarToken else None
            yield Token(start, end, kind, style if style in ("'", '"') else "")
    except yaml.YAMLError:
        return
    finally:
        loader.dispose()
