"""How far forks and their parents have come apart, for people: change by change, with grades."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.changes.change import ChangeSet
from xchange_cli.formats.change_tree import tree
from xchange_cli.formats.style import Style
from xchange_cli.formats.upstream_words import (
    changed,
    conflict_lines,
    file_conflict_lines,
    file_lines,
    unknown_files,
    ways_out,
)
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.upstream.status import Status, Statuses


def render(found: Statuses, out: TextIO) -> None:
    style = Style.of(out)
    for number, one in enumerate(found.forks):
        out.write("\n" if number else "")
        out.writelines(_lines(one, style))


def _lines(one: Status, style: Style) -> Iterator[str]:
    yield f"{style.paint('bold', wrapped(f'{one.key} is a fork of {one.base_name}'))}\n"
    upstream = one.upstream
    if upstream is None:
        yield wrapped(f"behind: nothing, it has all of {one.base_name}") + "\n"
    else:
        yield wrapped(f"behind {upstream.name}: {changed(one.behind, len(one.files.behind))}") + "\n"
        yield from _tree(one.behind, style)
        yield from file_lines(one.files.behind, "  ")
    if one.ahead is None:
        yield wrapped(f"ahead of {one.base_name}: not known until the conflicts are settled") + "\n"
    else:
        yield wrapped(f"ahead of {one.base_name}: {changed(one.ahead, len(one.files.ahead))}") + "\n"
        yield from _tree(one.ahead, style)
    yield from file_lines(one.files.ahead, "  ")
    yield from unknown_files(one.files)
    if not one.is_settled:
        number = count(len(one.conflicts) + len(one.waiting), "conflict")
        yield style.paint("error", f"{number} to settle") + "\n"
        yield from conflict_lines(one.conflicts)
        yield from file_conflict_lines(one.file, one.waiting)
        yield from ways_out(one.conflicts, one.waiting, one.key)
    elif upstream is not None:
        yield wrapped(f"next: xchange upstream pull {one.key} --preview") + "\n"


def _tree(change_set: ChangeSet, style: Style) -> Iterator[str]:
    yield from (f"  {line}\n" if line else "\n" for line in tree(change_set.changes, style))
