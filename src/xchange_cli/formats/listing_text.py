"""Integrations in a table, 80 columns wide; what is wrong with one of them stands below it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from textwrap import wrap
from typing import TextIO

from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.publication_words import remarks
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, wrapped
from xchange_cli.overview.entry import Entry
from xchange_cli.overview.orders import CATEGORY, CHANGED
from xchange_cli.overview.search import Found

_GAP = "  "
_WIDEST_KEY = 22
_NARROW_KINDS = 12
_NARROW_LAST = 16
_MOST_LINES = 4
_BELOW = "    "
_NUMBERS = 3
"""The column of numbers: that of flows, and of the newest version where anything is published."""

Sizes = tuple[int, ...]


def render(result: Found, out: TextIO) -> None:
    if result.entries:
        out.writelines(_table(result, Style.of(out)))
        out.write("\n")
    of_all = "" if len(result.entries) == result.all_files else f" of {result.all_files:,}"
    things = "integration" if result.all_files == 1 else "integrations"
    out.write(f"{len(result.entries):,}{of_all} {things}\n")


def _table(result: Found, style: Style) -> Iterator[str]:
    has_versions = any(one.published for one in result.entries)
    heads = ["KEY", "NAME", "TRIGGERS", "FLOWS", _last_head(result.order)]
    rows = [_row(one, result.order) for one in result.entries]
    if has_versions:
        heads[_NUMBERS] += "  VERSION"
        for one, row in zip(result.entries, rows, strict=True):
            row[_NUMBERS] += f"{f'{one.published.version:,}' if one.published else '-':>9}"
    sizes = _sizes(heads, rows)
    yield style.paint("bold", _line(heads, sizes)) + "\n"
    for one, row in zip(result.entries, rows, strict=True):
        yield from _lines(row, sizes)
        yield from _marks(one, style)


def _last_head(order: str) -> str:
    return {CATEGORY: "CATEGORY", CHANGED: "CHANGED UTC"}.get(order, "LABELS")


def _row(one: Entry, order: str) -> list[str]:
    facts = one.facts
    if order == CHANGED:
        last = _moment(one.changed_at)
    else:
        last = facts.category if order == CATEGORY else ", ".join(facts.labels)
    flows = f"{len(facts.flows):>5,}" if facts.is_known else "    -"
    texts = (one.key, facts.name or "-", ", ".join(facts.kinds) or "-", flows, last)
    return [showable(text) for text in texts]


def _moment(nanoseconds: int | None) -> str:
    """Say `2024-05-17 09:30`; nothing for a time that no calendar has."""
    try:
        return f"{datetime.fromtimestamp((nanoseconds or 0) // 1_000_000_000, UTC):%Y-%m-%d %H:%M}"
    except (OSError, OverflowError, ValueError):
        return ""


def _sizes(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Sizes:
    """Share the columns out: what is too wide gives way, the name least; keys that are too long stand alone."""
    columns = [[_width(row[column]) for row in (heads, *rows)] for column in range(len(heads))]
    key = max(size for size in columns[0] if size <= _WIDEST_KEY)
    name, kinds, flows, last = map(max, columns[1:])
    room = WIDTH - len(_GAP) * (len(heads) - 1) - key - flows
    kinds = min(kinds, max(room - name - last, _NARROW_KINDS))
    room -= kinds
    last = min(last, max(room - name, _NARROW_LAST))
    return (key, min(name, room - last), kinds, flows, last)


def _lines(row: Sequence[str], sizes: Sizes) -> Iterator[str]:
    """Yield the lines of a row. A key that is too long stands above the rest: as it is, it can be copied."""
    if all(_width(text) <= size for text, size in zip(row, sizes, strict=True)):
        yield _line(row, sizes) + "\n"
        return
    key, *others = row
    if _width(key) > sizes[0]:
        yield f"{key}\n"
        key = ""
    cells = [_folded(text, size) for text, size in zip((key, *others), sizes, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        yield _line(line, sizes) + "\n"


def _folded(text: str, size: int) -> list[str]:
    """Fold a text to a few lines; what is more is cut off."""
    lines = wrap(text, size) if text.isascii() else fold(text, size)
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[: _MOST_LINES - 1], cut(" ".join(lines[_MOST_LINES - 1 :]), size)]


def _line(texts: Sequence[str], sizes: Sizes) -> str:
    padded = (text + " " * (size - _width(text)) for text, size in zip(texts, sizes, strict=True))
    return _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    return len(text) if text.isascii() else width(text)


def _marks(one: Entry, style: Style) -> Iterator[str]:
    """Yield what is wrong with an integration."""
    problem = one.facts.problem
    if problem is not None:
        place = f"{one.file}:{problem.line}:{problem.column}: " if problem.line else ""
        yield _mark("broken:", f"{place}{problem.message}", "error", style)
    published = one.published
    if published is not None:
        for remark in remarks(published):
            yield wrapped(remark, _BELOW, _BELOW * 2) + "\n"
    if one.parent:
        yield wrapped(f"a fork of {one.parent}", _BELOW, _BELOW * 2) + "\n"
    if one.twins:
        yield _mark("same key:", f"this is {one.file}, another {', '.join(one.twins)}", "warning", style)


def _mark(word: str, text: str, kind: str, style: Style) -> str:
    lines = wrapped(f"{word} {text}", _BELOW, _BELOW * 2)
    return lines.replace(word, style.paint(kind, word), 1) + "\n"
