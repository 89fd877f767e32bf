"""The table of all kinds of changes, and the row that a difference belongs to.

A module of the folder `kinds` has its rows in `KINDS`. The modules are loaded when something is first compared.
"""

import importlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.kind import ChangeKind, Scene

_Asked = Mapping[tuple[What, PartKind], tuple[tuple[Address, ChangeKind], ...]]

_ALWAYS = ChangeKind._field_defaults["when"]


@cache
def kinds() -> tuple[ChangeKind, ...]:
    """Give all rows: module by module in the order of their names, each in its own order."""
    names = sorted(name for name in os.listdir(Path(__file__).with_name("kinds")) if name.endswith(".py"))  # noqa: PTH208
    modules = (
        importlib.import_module(f"{__package__}.kinds.{name[:-3]}") for name in names if name[0] != "_"
    )
    return tuple(kind for module in modules for kind in module.KINDS)


def kind_called(name: str) -> ChangeKind | None:
    """Find a row by its id."""
    return next((kind for kind in kinds() if kind.id == name), None)


def kind_of(delta: Delta, scene: Scene) -> ChangeKind:
    """Find the row of a difference: of the most exact address, those with a condition first.

    Raises:
        LookupError: the table has a gap, which a test of the table would have found.

    """
    for address, kind in _asked().get((delta.what, delta.kind), ()):
        if delta.address[: len(address)] == address and kind.when(delta, scene):
            return kind
    raise LookupError(f"no kind of change for {delta.what} {delta.kind} {delta.address}")


@cache
def _asked() -> _Asked:
    """Give what to ask about each sort of difference, in the order in which to ask."""
    found: dict[tuple[What, PartKind], list[tuple[Address, ChangeKind]]] = {}
    for kind in kinds():
        for what, part, address in kind.on:
            found.setdefault((what, part), []).append((address, kind))
    return {sort: tuple(sorted(rows, key=_order)) for sort, rows in found.items()}


def _order(asked: tuple[Address, ChangeKind]) -> tuple[int, bool]:
    address, kind = asked
    return -len(address), kind.when is _ALWAYS
