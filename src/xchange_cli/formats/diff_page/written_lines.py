"""What stands at a place of a file, line by line."""

from typing import NamedTuple

from xchange_cli.source import Span
from xchange_cli.validation.secret_texts import assigned_secrets, tokens_in

_MOST_LINES = 30


class WrittenLine(NamedTuple):
    """A line; `text` is the part that is meant, `number` its number in the file if it is written there."""

    number: int | None
    text: str
    before: str = ""
    behind: str = ""


def written_lines(span: Span | None, text: str | None) -> list[WrittenLine]:
    """Give the lines of a place as its file has them; those of the text where they are many or may hold a secret."""
    if span is not None and not span.source.is_private:
        lines = _in_file(span)
        if len(lines) <= _MOST_LINES and not any(map(_may_hold_secret, lines)):
            return lines
    if text is None:
        return []
    return [WrittenLine(None, line) for line in text.splitlines()[:_MOST_LINES] or [text]]


def _in_file(span: Span) -> list[WrittenLine]:
    first, last = span.first, span.last
    numbers = range(first.line, last.line + (last.column > 1 or last.line == first.line))
    found = []
    for number in numbers:
        line = span.source.line(number)
        start = first.column - 1 if number == first.line else _indent(line)
        end = last.column - 1 if number == last.line else len(line)
        found.append(WrittenLine(number, line[start:end], line[:start], line[end:]))
    indent = min((_indent(one.before + one.text) for one in found if one.text), default=0)
    return [one._replace(before=one.before[indent:]) for one in found]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _may_hold_secret(line: WrittenLine) -> bool:
    text = line.before + line.text + line.behind
    return any(tokens_in(text)) or any(assigned_secrets(text))
