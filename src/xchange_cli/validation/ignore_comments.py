"""Reads the comments that silence findings: `# xchange: ignore[rule, other-rule] reason`.

Behind other text, a comment is about the findings that begin in its line, or in a text of several lines that begins
or ends there. On a line of its own it is about the next line that is neither blank nor a comment; where an input of an
integration begins there, `input_comments.py` makes it one about the whole input.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.document.line_separators import readable
from xchange_cli.source import Source, Span

WORD = "xchange:"
"""A text without it has no such comment, which is found out at no cost."""

_COMMENT = re.compile(
    r"(?<![^ \t\r\n])#[ \t]*xchange:[ \t]*ignore(?![\w-])"
    r"(?P<list>[ \t]*\[(?P<rules>[^\]\r\n]*)\])?(?P<reason>(?:(?![ \t]#)[^\r\n])*)"
)
_NAME = re.compile(r"[^,\s]+")
_NO_REASON = " \t.:;,-\u2013\u2014"
_BLOCK_HEADER = re.compile(r"[^\r\n]*")


class NamedRule(NamedTuple):
    slug: str
    span: Span


class IgnoreComment(NamedTuple):
    """`lines` are the 1-based numbers of the lines it is about; none where nothing follows it."""

    span: Span
    rules: tuple[NamedRule, ...]
    reason: str
    lines: range


class _Text(NamedTuple):
    """The place of a scalar; `comment_from` is where comments may begin again, in the first line of a block."""

    start: int
    comment_from: int
    end: int
    is_block: bool


class _Layout:
    """Where the scalars and the lines with text of a source are; both are asked for once for each comment."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._texts = list(_texts(source.text))
        self._starts = [text.start for text in self._texts]
        self._ends = [text.end for text in self._texts]
        numbers = range(1, len(source.line_starts) + 1)
        self._with_text = [number for number in numbers if _has_text(source.line(number))]

    def is_inside(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and self._texts[index].comment_from <= offset < self._texts[index].end

    def next_with_text(self, line: int) -> int | None:
        """Give the next line that is neither blank nor a comment."""
        index = bisect_right(self._with_text, line)
        return self._with_text[index] if index < len(self._with_text) else None

    def beginning_in(self, line: int) -> list[_Text]:
        return self._texts[self._index_of(self._starts, line) : self._index_of(self._starts, line + 1)]

    def ending_in(self, line: int) -> list[_Text]:
        return self._texts[self._index_of(self._ends, line) : self._index_of(self._ends, line + 1)]

    def _index_of(self, offsets: list[int], line: int) -> int:
        """Give the index of the first offset that is not before a line."""
        line_starts = self.source.line_starts
        return bisect_left(offsets, line_starts[line - 1]) if line <= len(line_starts) else len(offsets)


def _has_text(line: str) -> bool:
    text = line.lstrip()
    return bool(text) and not text.startswith("#")


def ignore_comments(source: Source) -> tuple[IgnoreComment, ...]:
    """Give the comments of a text that can be read as YAML, in their order."""
    if WORD not in source.text:
        return ()
    candidates = list(_COMMENT.finditer(source.text))
    if not candidates:
        return ()
    layout = _Layout(source)
    return tuple(_comment(match, layout) for match in candidates if not layout.is_inside(match.start()))


def is_alone(span: Span) -> bool:
    """Tell whether nothing else stands on the line of a comment."""
    line = span.source.line(span.first.line)
    return line.strip() == span.text


def _texts(text: str) -> Iterator[_Text]:
    """Yield where scalars are, also those that no node stands for, such as the values of duplicate keys."""
    import yaml
    from yaml import CSafeLoader

    for token in yaml.scan(readable(text).text, Loader=CSafeLoader):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            is_block = token.style in {"|", ">"}
            if is_block:
                end = start + len(text[start:end].rstrip(" \t\r\n"))
            header = _BLOCK_HEADER.match(text, start) if is_block else None
            yield _Text(start, header.end() if header else start, end, is_block)


def _comment(match: "re.Match[str]", layout: _Layout) -> IgnoreComment:
    source = layout.source
    first = match.start("rules")
    names = [
        NamedRule(name.group(), source.span(first + name.start(), first + name.end()))
        for name in _NAME.finditer(match.group("rules") or "")
    ]
    span = source.span(match.start(), match.start() + len(match.group().rstrip()))
    reason = match.group("reason").strip(_NO_REASON)
    return IgnoreComment(span, tuple(names), reason, _lines(span, layout))


def _lines(span: Span, layout: _Layout) -> range:
    line = span.first.line
    if not span.source.line(line).lstrip().startswith("#"):
        return _with_texts(line, layout, is_behind=True)
    following = layout.next_with_text(line)
    return range(0) if following is None else _with_texts(following, layout, is_behind=False)


def _with_texts(line: int, layout: _Layout, *, is_behind: bool) -> range:
    """Take in the texts of several lines that begin in a line or, for a comment behind one, end in it."""
    low = high = line
    position = layout.source.position
    for text in layout.beginning_in(line):
        high = max(high, position(text.end).line)
    for text in layout.ending_in(line) if is_behind else ():
        if not text.is_block:
            low = min(low, position(text.start).line)
    return range(low, high + 1)
