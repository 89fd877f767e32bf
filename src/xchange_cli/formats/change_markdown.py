"""A change as Markdown, or several that are told once: a row of a table, and a block that unfolds to before and after."""

import re
from collections.abc import Iterator

from xchange_cli.changes.change import Change, Line
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.words.lines import CAME, FOLDED, GONE
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_groups import Told, steps
from xchange_cli.formats.folding import cut
from xchange_cli.formats.markdown import code, prose, prose_in_html
from xchange_cli.formats.words import count

HEADS = ("Grade", "Change", "Where")

_MOST_LINES = 40
_LINE = 160
_TEXT = 400
"""Columns of a line of code, and of a text or a name."""


def cells(told: Told) -> tuple[str, ...]:
    """Give the row of what is told."""
    return (_grade(told[0]), prose(cut(told[0].message, _TEXT)), _where(told))


def has_details(told: Told) -> bool:
    change = told[0]
    is_more = bool(change.reason or change.lines or change.approved is not None) or _has_texts(change)
    return is_more or len(told) > 1


def details(told: Told) -> str:
    """Give what unfolds: why it has its grade, before and after, its kind, fingerprints and places."""
    change = told[0]
    title = f"{_grade_word(change)}: {prose_in_html(cut(change.message, _TEXT))}"
    parts = [f"<details><summary>{title}</summary>"]
    if change.reason:
        parts.append(prose(cut(change.reason, _TEXT)))
    if change.approved is not None:
        parts.append(f"Approved: {prose(cut(change.approved, _TEXT))}")
    lines = change.lines or tuple(_of_texts(change))
    if lines:
        parts.append(_fenced(lines))
    parts += [_about(change) if len(told) == 1 else _about_all(told), "</details>"]
    return "\n\n".join(parts)


def _grade(change: Change) -> str:
    is_bold = change.grade is Grade.BREAKING and change.approved is None
    return f"**{change.grade.word}**" if is_bold else _grade_word(change)


def _grade_word(change: Change) -> str:
    return f"{change.grade.word}, approved" if change.approved is not None else change.grade.word


def _where(told: Told) -> str:
    names = [("flow", told[0].flow), ("step", told[0].step)]
    place = ", ".join(f"{word} {code(cut(name, _TEXT))}" for word, name in names if name)
    if len(told) > 1:
        place = prose(cut(steps(told), _TEXT))
    return "<br>".join(filter(None, (place, _place(told[0]))))


def _place(change: Change) -> str:
    span = change.new_span or change.old_span
    return code(cut(str(span.place), _TEXT)) if span is not None else ""


def _about(change: Change) -> str:
    places = [
        f"{word} {code(cut(str(span.place), _TEXT))}"
        for word, span in (("before", change.old_span), ("now", change.new_span))
        if span is not None
    ]
    return " · ".join((code(change.kind), code(change.fingerprint), *places))


def _about_all(told: Told) -> str:
    """Say by what each of several can be approved, and where it is."""
    rows = [
        f"- {' · '.join(filter(None, (code(one.fingerprint), _place(one), code(cut(one.step, _TEXT)))))}"
        for one in told[:_MOST_LINES]
    ]
    rows += [f"- … {count(len(told) - _MOST_LINES, 'more step')}"] if len(told) > _MOST_LINES else []
    return "\n".join((code(told[0].kind), "", *rows))


def _has_texts(change: Change) -> bool:
    return change.old_text is not None or change.new_text is not None


def _of_texts(change: Change) -> Iterator[Line]:
    for mark, text in ((GONE, change.old_text), (CAME, change.new_text)):
        if text is not None:
            yield from (Line(mark, line) for line in text.splitlines() or [""])


def _fenced(lines: tuple[Line, ...]) -> str:
    shown = [_line(line) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"@@ … {count(len(lines) - _MOST_LINES, 'more line')} @@")
    text = "\n".join(shown)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}diff\n{text}\n{fence}"


def _line(line: Line) -> str:
    text = cut(showable(line.text), _LINE)
    return f"@@ {text} @@" if line.mark == FOLDED else f"{line.mark} {text}".rstrip()
