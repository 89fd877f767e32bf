"""All components, by kind."""

from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from xchange_cli.components.catalog import Entry
from xchange_cli.components.lookup import ComponentList
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import count

_KINDS = {"utility": "Utilities", "protocol": "Protocols", "app": "Apps", "own": "Your own"}
_HEADS = ("COMPONENT", "LOCAL", "ACTIONS", "TRIGGERS", "CONNECTIONS", "TITLE")


def render(result: ComponentList, out: TextIO) -> None:
    style = Style.of(out)
    for kind, entries in by_kind(result):
        out.write(style.paint("bold", f"{_KINDS.get(kind, kind)} ({len(entries)})") + "\n")
        rows = [_row(entry, is_local=result.is_local(entry)) for entry in entries]
        out.writelines(table(_HEADS, rows, style, "  "))
        out.write("\n")
    known = count(len(result.entries), "component")
    out.write(f"{known}; what is LOCAL runs here. `xchange components KEY` tells more.\n")


def by_kind(result: ComponentList) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the entries of each kind, utilities first and a project's own last."""
    order = list(_KINDS)
    entries = sorted(result.entries, key=lambda entry: (order.index(kind_of(entry)), entry.key))
    for kind, group in groupby(entries, key=kind_of):
        yield kind, list(group)


def kind_of(entry: Entry) -> str:
    return "own" if entry.is_own else entry.kind


def _row(entry: Entry, *, is_local: bool) -> tuple[str, ...]:
    numbers = (len(entry.actions), len(entry.triggers), len(entry.connections))
    runs = "yes" if is_local else ""
    return (entry.key, runs, *(f"{number or '-':>6}" for number in numbers), entry.title)
