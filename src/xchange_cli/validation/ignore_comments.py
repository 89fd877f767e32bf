"""Reads the comments that silence findings: `# xchange: ignore[rule, other-rule] reason`.

Behind other text, a comment is about the findings that begin in its line, or in a text of several lines that begins
or ends there. On a line of its own it is about the next line that is neither blank nor a comment.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


def ignore_comments(source: Source) -> tuple[IgnoreComment, ...]:
    """Give the comments of a text that can be read as YAML, in their order."""
    if WORD not in source.text:
        return ()
    candidates = list(_COMMENT.finditer(source.text))
    if not candidates:
        return ()
    texts = list(_texts(source.text))
    return tuple(
        _comment(source, match, texts) for match in candidates if not _is_inside(match.start(), texts)
    )


def is_alone(span: Span) -> bool:
    """Tell whether nothing else stands on the line of a comment."""
    line = span.source.line(span.first.line)
    return line.strip() == span.text


def _texts(text: str) -> Iterator[_Text]:
    """Yield where scalars are, also those that no node stands for, such as the values of duplicate keys."""
    import yaml
    from yaml import CSafeLoader

    # libyaml drops a first byte order mark without counting it
    for token in yaml.scan("\ufeff" + text if text.startswith("\ufeff") else text, Loader=CSafeLoader):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            is_block = token.style in {"|", ">"}
            if is_block:
                end = start + len(text[start:end].rstrip())
            header = _BLOCK_HEADER.match(text, start) if is_block else None
            yield _Text(start, header.end() if header else start, end, is_block)


def _is_inside(offset: int, texts: Sequence[_Text]) -> bool:
    return any(text.comment_from <= offset < text.end for text in texts)


def _comment(source: Source, match: "re.Match[str]", texts: Sequence[_Text]) -> IgnoreComment:
    first = match.start("rules")
    names = [
        NamedRule(name.group(), source.span(first + name.start(), first + name.end()))
        for name in _NAME.finditer(match.group("rules") or "")
    ]
    span = source.span(match.start(), match.start() + len(match.group().rstrip()))
    reason = match.group("reason").strip(_NO_REASON)
    return IgnoreComment(span, tuple(names), reason, _lines(span, texts))


def _lines(span: Span, texts: Sequence[_Text]) -> range:
    source, line = span.source, span.first.line
    if not source.line(line).lstrip().startswith("#"):
        return _with_texts(source, line, texts, is_behind=True)
    for following in range(line + 1, len(source.line_starts) + 1):
        text = source.line(following).strip()
        if text and not text.startswith("#"):
            return _with_texts(source, following, texts, is_behind=False)
    return range(0)


def _with_texts(source: Source, line: int, texts: Sequence[_Text], *, is_behind: bool) -> range:
    """Take in the texts of several lines that begin in a line or, for a comment behind one, end in it."""
    low = high = line
    for text in texts:
        first, last = source.position(text.start).line, source.position(text.end).line
        if first == line:
            high = max(high, last)
        if is_behind and last == line and not text.is_block:
            low = min(low, first)
    return range(low, high + 1)
