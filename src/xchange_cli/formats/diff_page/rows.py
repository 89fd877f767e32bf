"""Both sides of a change as rows: what is told of the change, else the lines of the files, where those may be shown."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.changes.change import Change
from xchange_cli.changes.words.lines import CAME, FOLDED, GONE
from xchange_cli.formats.diff_page.aligned import aligned
from xchange_cli.formats.diff_page.line_numbers import numbers
from xchange_cli.formats.diff_page.word_marks import Part, marked
from xchange_cli.formats.diff_page.written_lines import WrittenLine, written_lines
from xchange_cli.formats.words import count

_MOST = 400
_LONG = 240
"""Characters of a part of a line that is equal on both sides, or differs."""


class Cell(NamedTuple):
    """A line; `number` is that in its file, None where it is not written there like this."""

    number: int | None
    parts: tuple[Part, ...]


class Row(NamedTuple):
    """A line of both sides; without any, `note` says what is left out."""

    old: Cell | None = None
    new: Cell | None = None
    note: str = ""


def rows(change: Change) -> list[Row]:
    """Give the rows of a change; none where its message says all."""
    found = list(_of_lines(change) if change.lines else _of_places(change))
    if len(found) <= _MOST:
        return found
    return [*found[:_MOST], Row(note=f"… {count(len(found) - _MOST, 'more line')}")]


def _of_lines(change: Change) -> Iterator[Row]:
    gone: list[WrittenLine] = []
    came: list[WrittenLine] = []
    for line, number in zip(change.lines, numbers(change), strict=True):
        if line.mark == GONE:
            gone.append(WrittenLine(number.old, line.text))
        elif line.mark == CAME:
            came.append(WrittenLine(number.new, line.text))
        else:
            yield from _replaced(gone, came)
            gone, came = [], []
            same = (Part(line.text, differs=False),)
            is_note = line.mark == FOLDED
            yield Row(note=line.text) if is_note else Row(Cell(number.old, same), Cell(number.new, same))
    yield from _replaced(gone, came)


def _of_places(change: Change) -> Iterator[Row]:
    """Take what each side has; where only one has a text, the place of the other is what is around it."""
    has_text = change.old_text is not None or change.new_text is not None
    old, new = (
        [] if has_text and text is None else written_lines(span, text)
        for span, text in ((change.old_span, change.old_text), (change.new_span, change.new_text))
    )
    return _replaced(old, new)


def _replaced(gone: list[WrittenLine], came: list[WrittenLine]) -> Iterator[Row]:
    for was, now in aligned([line.text for line in gone], [line.text for line in came]):
        old = gone[was] if was is not None else None
        new = came[now] if now is not None else None
        if old is not None and new is not None:
            before, after = marked(old.text, new.text)
            yield Row(_cell(old, before), _cell(new, after))
        else:
            yield Row(old and _cell(old), new and _cell(new))


def _cell(line: WrittenLine, parts: tuple[Part, ...] = ()) -> Cell:
    """Mark what differs; a line that differs as a whole only where more stands around the text that is meant."""
    if all(part.differs for part in parts):
        parts = (Part(line.text, differs=bool(line.before.strip() or line.behind.strip())),)
    around = (Part(line.before, differs=False), *parts, Part(line.behind, differs=False))
    return Cell(line.number, tuple(_short(part) for part in around if part.text))


def _short(part: Part) -> Part:
    """Leave out the middle of a long part of a line."""
    if len(part.text) <= _LONG:
        return part
    return part._replace(text=f"{part.text[: _LONG // 2]} … {part.text[-_LONG // 2 :]}")
