"""Changes as a tree: parts of the integration, flows, steps, and below them what changed, with before and after."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from xchange_cli.changes.change import Change, Line
from xchange_cli.changes.grade import Grade
from xchange_cli.formats.cells import showable
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, wrapped

_STYLES = {Grade.BREAKING: "error", Grade.RISKY: "warning", Grade.SAFE: "ok"}
_LINES = {"-": "error", "+": "ok", "@": "dim"}
_DIFFERS = frozenset("+-")
_MOST_ROWS = 4
"""Rows that one line of a text may take."""
_OF_VERSIONS = frozenset(f"component-version-{word}" for word in ("lowered", "pinned", "raised", "unpinned"))
_MANY = 3
_GRADE = 2
_TEXT = 12
"""Columns at which the grade and the text begin."""

_INTEGRATION = "integration"
_SECTIONS = {"requiredConfigVars": "config variables", "configPages": "config pages"}


def tree(changes: Sequence[Change], style: Style) -> Iterator[str]:
    """Yield lines without their ends: of the integration itself, its config variables and pages, then flow by flow.

    That many steps have the same other version of a component is told once, before the flows.
    """
    in_many = _in_many_steps(changes)
    told = {id(change) for group in in_many for change in group}
    for section, found in sections([change for change in changes if id(change) not in told]):
        if in_many and section not in {_INTEGRATION, *_SECTIONS.values()}:
            yield from _many_steps(in_many, style)
            in_many = []
        yield style.paint("bold", showable(section))
        step = ""
        for change in found:
            if change.step != step and change.step:
                yield f"{' ' * _GRADE}{style.paint('bold', showable(f'step `{change.step}`'))}"
            step = change.step
            yield from _lines(change, style)
    yield from _many_steps(in_many, style)


def _in_many_steps(changes: Sequence[Change]) -> list[list[Change]]:
    alike: dict[tuple[str, str, Grade, str | None], list[Change]] = {}
    for change in changes:
        if change.kind in _OF_VERSIONS:
            group = (change.kind, change.message, change.grade, change.approved)
            alike.setdefault(group, []).append(change)
    return [group for group in alike.values() if len(group) >= _MANY]


def _many_steps(groups: Sequence[Sequence[Change]], style: Style) -> Iterator[str]:
    """Tell what is alike once, then by what it can be approved, and where it is, step by step."""
    if groups:
        yield style.paint("bold", "several steps")
    for group in groups:
        yield from _message(group[0], style)
        for change in group:
            words = (change.fingerprint, _place(change), f"`{change.step}`")
            yield style.paint("dim", " " * _TEXT + cut(" ".join(words), WIDTH - _TEXT))
        yield style.paint("dim", " " * _TEXT + group[0].kind)
        yield from _why(group[0], style)


def sections(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
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
    yield from _message(change, style)
    for line in change.lines:
        yield from _line(line, style)
    yield from (style.paint("dim", line) for line in _about(change).split("\n"))
    yield from _why(change, style)


def _message(change: Change, style: Style) -> Iterator[str]:
    word = change.grade.word
    start = f"{'':{_GRADE}}{word}".ljust(_TEXT)
    first, *rest = wrapped(change.message, start).split("\n")
    yield first.replace(word, style.paint(_STYLES[change.grade], word), 1)
    yield from rest


def _why(change: Change, style: Style) -> Iterator[str]:
    if change.reason:
        yield wrapped(change.reason, " " * _TEXT)
    if change.approved is not None:
        yield style.paint("dim", wrapped(f"approved: {change.approved}", " " * _TEXT))


def _line(line: Line, style: Style) -> Iterator[str]:
    """Show what went or came whole, where it is not very long: what differs may be at its end."""
    room = WIDTH - _TEXT
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
        yield f"{'':{_TEXT}}{style.paint(kind, shown) if kind else shown}".rstrip()


def _about(change: Change) -> str:
    """Say the kind, by what the change can be approved, and where it is; what is safe needs no approval."""
    needs = change.grade is not Grade.SAFE
    words = (change.kind, change.fingerprint if needs else "", _place(change))
    return wrapped(" ".join(filter(None, words)), " " * _TEXT)


def _place(change: Change) -> str:
    span = change.new_span or change.old_span
    return str(span.place) if span is not None else ""
