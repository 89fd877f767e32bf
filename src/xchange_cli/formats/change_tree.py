"""Changes as a tree: parts of the integration, flows, steps, and below them what changed, with before and after."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from xchange_cli.changes.change import Change, Line
from xchange_cli.changes.grade import Grade
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_groups import SEVERAL, Told, in_many_steps
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, wrapped

_STYLES = {Grade.BREAKING: "error", Grade.RISKY: "warning", Grade.SAFE: "ok"}
_LINES = {"-": "error", "+": "ok", "@": "dim"}
_DIFFERS = frozenset("+-")
_MOST_ROWS = 4
"""Rows that one line of a text may take."""
_GRADE = 2
TEXT = 12
"""Columns at which the grade and the text begin."""

_INTEGRATION = "integration"
_SECTIONS = {"requiredConfigVars": "config variables", "configPages": "config pages"}


def tree(changes: Sequence[Change], style: Style) -> Iterator[str]:
    """Yield lines without their ends: of the integration itself, its config variables and pages, then flow by flow.

    That many steps have the same other version of a component is told once, before the flows.
    """
    for section, found in told_sections(changes):
        yield style.paint("bold", showable(section))
        step = ""
        for told in found:
            if len(told) > 1:
                yield from _many_steps(told, style)
                continue
            change = told[0]
            if change.step != step and change.step:
                yield f"{' ' * _GRADE}{style.paint('bold', showable(f'step `{change.step}`'))}"
            step = change.step
            yield from _lines(change, style)


def told_sections(changes: Sequence[Change]) -> Iterator[tuple[str, list[Told]]]:
    """Yield headings with what is told under them; what is alike in many steps comes before the flows."""
    in_many = in_many_steps(changes)
    grouped = {id(change) for group in in_many for change in group}
    for section, found in _sections([change for change in changes if id(change) not in grouped]):
        if in_many and section not in {_INTEGRATION, *_SECTIONS.values()}:
            yield SEVERAL, in_many
            in_many = []
        yield section, [(change,) for change in found]
    if in_many:
        yield SEVERAL, in_many


def _many_steps(told: Told, style: Style) -> Iterator[str]:
    """Tell what is alike once, then by what it can be approved, and where it is, step by step."""
    yield from graded(told[0].grade, told[0].message, style)
    for change in told:
        words = (change.fingerprint, _place(change), f"`{change.step}`")
        yield style.paint("dim", " " * TEXT + cut(" ".join(words), WIDTH - TEXT))
    yield style.paint("dim", " " * TEXT + told[0].kind)
    yield from _why(told[0], style)


def _sections(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield headings with their changes; what is asked of users has the worst variables and pages first."""
    order = [_INTEGRATION, *_SECTIONS.values()]
    by_section: dict[str, list[Change]] = {name: [] for name in order}
    for change in changes:
        by_section.setdefault(_section(change), []).append(change)
    for name, found in by_section.items():
        if found:
            yield name, _worst_first(found) if name in _SECTIONS.values() else found


def _section(change: Change) -> str:
    if change.flow:
        return f"flow `{change.flow}`"
    return _SECTIONS.get(change.path[0] if change.path else "", _INTEGRATION)


def _worst_first(changes: list[Change]) -> list[Change]:
    parts = [list(group) for _, group in groupby(changes, key=lambda change: change.path[:2])]
    return [one for part in sorted(parts, key=lambda part: -max(one.grade for one in part)) for one in part]


def _lines(change: Change, style: Style) -> Iterator[str]:
    yield from graded(change.grade, change.message, style)
    for line in change.lines:
        yield from _line(line, style)
    yield from (style.paint("dim", line) for line in _about(change).split("\n"))
    yield from _why(change, style)


def graded(grade: Grade, message: str, style: Style) -> Iterator[str]:
    """Yield the lines of a message, its grade in front of it."""
    start = f"{'':{_GRADE}}{grade.word}".ljust(TEXT)
    first, *rest = wrapped(message, start).split("\n")
    yield first.replace(grade.word, style.paint(_STYLES[grade], grade.word), 1)
    yield from rest


def _why(change: Change, style: Style) -> Iterator[str]:
    if change.reason:
        yield wrapped(change.reason, " " * TEXT)
    if change.approved is not None:
        yield style.paint("dim", wrapped(f"approved: {change.approved}", " " * TEXT))


def _line(line: Line, style: Style) -> Iterator[str]:
    """Show what went or came whole, where it is not very long: what differs may be at its end."""
    room = WIDTH - TEXT
    kind = _LINES.get(line.mark, "")
    if line.mark in _DIFFERS:
        text, indent = line.text[: room * _MOST_ROWS], " " * (len(line.mark) + 1)
        pieces = fold(text, room - len(indent))
        if len(pieces) > _MOST_ROWS or len(text) < len(line.text):
            pieces = [
                *pieces[: _MOST_ROWS - 1],
                cut(" ".join(pieces[_MOST_ROWS - 1 :]) + "…", room - len(indent)),
            ]
        rows = [f"{line.mark} {pieces[0]}", *(f"{indent}{piece}" for piece in pieces[1:])]
    else:
        rows = [cut(f"{line.mark} {line.text}".rstrip(), room)]
    for row in rows:
        shown = row.rstrip()
        yield f"{'':{TEXT}}{style.paint(kind, shown) if kind else shown}".rstrip()


def _about(change: Change) -> str:
    """Say the kind, by what the change can be approved, and where it is; what is safe needs no approval."""
    needs = change.grade is not Grade.SAFE
    words = (change.kind, change.fingerprint if needs else "", _place(change))
    return wrapped(" ".join(filter(None, words)), " " * TEXT)


def _place(change: Change) -> str:
    span = change.new_span or change.old_span
    return str(span.place) if span is not None else ""
